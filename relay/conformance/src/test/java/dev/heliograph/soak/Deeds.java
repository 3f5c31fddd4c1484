package dev.heliograph.soak;

/// What the load did and what became of it, from the beginning to the end.
///
/// @param lost       publications that a client should have had, clients that are slow on purpose apart
/// @param duplicated that a client got twice
/// @param reordered  that a client got after later ones
/// @param away       clients that were to stay and are not there at the end
/// @param failed     entries, visits and publications that the relay did not serve
/// @param admitted   that were to be refused and were not
/// @param left       clients that went, while others came instead
/// @param returned   times that a client whose connection broke came back and recovered
/// @param cut        times that a client was too slow, was cut off and came back
/// @param refused    handshakes and tokens that were refused, as they should be
/// @param delivered  to all clients
record Deeds(
        long lost,
        long duplicated,
        long reordered,
        long away,
        long failed,
        long admitted,
        long left,
        long returned,
        long cut,
        long refused,
        long delivered) {

    static final Deeds NONE = new Deeds(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    Deeds plus(Deeds other) {
        return new Deeds(
                lost + other.lost,
                duplicated + other.duplicated,
                reordered + other.reordered,
                away + other.away,
                failed + other.failed,
                admitted + other.admitted,
                left + other.left,
                returned + other.returned,
                cut + other.cut,
                refused + other.refused,
                delivered + other.delivered);
    }
}
