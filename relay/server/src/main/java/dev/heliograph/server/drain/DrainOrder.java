package dev.heliograph.server.drain;

/// How many clients of a node are to move, and how fast.
///
/// @param percent        of the clients that are there at the start; 0 if `count` says it. With 100 also those that
///                       come meanwhile move, and the node takes nobody any more until it is cancelled or restarted.
/// @param count          clients; 0 if `percent` says it
/// @param perSecond      clients a second; 0 if `deadlineMillis` says it
/// @param deadlineMillis when all are to have moved, from the start; the rate follows from it
/// @param force          also if no other node is there to take them
public record DrainOrder(double percent, int count, double perSecond, long deadlineMillis, boolean force) {

    /// Far more than a node can take in a second.
    private static final double MAX_RATE = 100_000;

    /// @throws IllegalArgumentException if it says too little, too much, or what cannot be
    public DrainOrder {
        if ((percent > 0) == (count > 0) || percent < 0 || percent > 100 || count < 0) {
            throw new IllegalArgumentException("either a percentage in 0..100 or a count is needed");
        }
        if ((perSecond > 0) == (deadlineMillis > 0) || perSecond < 0 || deadlineMillis < 0) {
            throw new IllegalArgumentException("either a rate or a deadline is needed");
        }
        if (perSecond > MAX_RATE) {
            throw new IllegalArgumentException("a rate of more than " + (int) MAX_RATE);
        }
    }

    /// All clients, at a rate.
    public static DrainOrder all(double perSecond) {
        return new DrainOrder(100, 0, perSecond, 0, false);
    }

    boolean everyone() {
        return percent >= 100;
    }

    /// How many that are of those that are there.
    int of(int clients) {
        return count > 0 ? Math.min(count, clients) : (int) Math.ceil(clients * percent / 100);
    }

    /// The rate at which so many move in time.
    double setPoint(int clients) {
        return perSecond > 0 ? perSecond : Math.clamp(clients * 1_000.0 / deadlineMillis, 0.1, MAX_RATE);
    }
}
