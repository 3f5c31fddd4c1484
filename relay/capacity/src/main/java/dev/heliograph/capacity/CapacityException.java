package dev.heliograph.capacity;

/// What is wrong with an input, or why no plan can be made; one line for who gave it. Where a file is to blame
/// it begins with its name and the key, as in `demand.json: payload_bytes: is missing`.
public final class CapacityException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean input;

    private CapacityException(String message, boolean input) {
        super(message);
        this.input = input;
    }

    /// Something that was given is wrong.
    static CapacityException wrong(String message) {
        return new CapacityException(message, true);
    }

    /// All inputs make sense, but nothing fulfils them together.
    static CapacityException impossible(String message) {
        return new CapacityException(message, false);
    }

    /// Whether an input is malformed, as opposed to a load that nothing can carry.
    public boolean isInput() {
        return input;
    }
}
