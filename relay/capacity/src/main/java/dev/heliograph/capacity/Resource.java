package dev.heliograph.capacity;

/// One thing that a load uses, of one relay (or one Redis shard) after the failures that the demand tolerates.
///
/// @param name     `cpu`, `memory`, `latency` ...
/// @param unit     of the numbers
/// @param used     by the load
/// @param capacity that there is
/// @param limit    the part of it that may be used
public record Resource(String name, String unit, double used, double capacity, double limit) {

    /// Part of the capacity that is used.
    public double utilisation() {
        return used / capacity;
    }

    /// Part of what may be used; above 1 it does not fit. What binds has the highest.
    public double ofAllowed() {
        return used / (capacity * limit);
    }

    boolean fits() {
        return ofAllowed() <= 1;
    }
}
