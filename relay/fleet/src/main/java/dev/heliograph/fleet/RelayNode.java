package dev.heliograph.fleet;

/// A relay as Prometheus knows it.
///
/// @param name        `node.name`, the host and the colour: `relay1-blue`
/// @param host        as the inventory names it
/// @param connections of clients; 0 if it does not answer
/// @param cpu         share of the host's processors that it uses, from 0 to 1; 0 if it does not answer
/// @param limit       connections that it may have; 0 for any number
public record RelayNode(
        String name, String host, String colour, State state, long connections, double cpu, long limit) {

    public enum State {
        SERVES,
        /// Sends new clients elsewhere.
        DRAINS,
        /// Does not answer, and did within the last three minutes: it may be back at once.
        LATELY_LOST,
        LOST
    }

    boolean is(State other) {
        return state == other;
    }

    boolean answers() {
        return state == State.SERVES || state == State.DRAINS;
    }

    /// `relay1-blue` runs on `relay1`; a name of another form is that of the host.
    static String hostOf(String name, String colour) {
        String suffix = "-" + colour;
        return !colour.isEmpty() && name.endsWith(suffix) && name.length() > suffix.length()
                ? name.substring(0, name.length() - suffix.length())
                : name;
    }
}
