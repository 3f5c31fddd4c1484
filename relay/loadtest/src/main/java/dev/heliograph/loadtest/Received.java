package dev.heliograph.loadtest;

/// What one subscriber got of its channel, whose publications are numbered in the order in which they were
/// published. Not threadsafe.
final class Received {

    /// What a publication is to the one who gets it.
    enum Kind {
        /// It comes in its order.
        NEXT,
        /// Others that came before were published later.
        LATE,
        /// It was here already.
        AGAIN,
        /// It was published before it counts.
        EARLY
    }

    private final int from;
    private int next;
    private final Ranges missing = new Ranges();

    /// @param from the first number that counts
    Received(int from) {
        this.from = from;
        this.next = from;
    }

    /// Takes one that came by itself.
    Kind take(int number) {
        if (number < from) {
            return Kind.EARLY;
        }
        if (number >= next) {
            missing.append(next, number);
            next = number + 1;
            return Kind.NEXT;
        }
        return missing.remove(number) ? Kind.LATE : Kind.AGAIN;
    }

    /// Takes one that the subscriber read in the history, where it may see again what it has.
    ///
    /// @return whether it lacked it
    boolean fill(int number) {
        Kind kind = take(number);
        return kind == Kind.NEXT || kind == Kind.LATE;
    }

    /// The number above the last that came; at the beginning the first that counts.
    int next() {
        return next;
    }

    /// How many it lacks below the last that came.
    int gaps() {
        return missing.count(from, next);
    }

    /// How many it lacks of the numbers from the first on and below the second.
    int lacks(int first, int end) {
        int begin = Math.max(first, from);
        return missing.count(begin, end) + Math.max(0, end - Math.max(begin, next));
    }
}
