package dev.heliograph.server.follow;

import dev.heliograph.server.follow.Questions.Kept;
import dev.heliograph.server.follow.Questions.Numbered;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Events of this node on their way to the one who follows: kept until they have arrived, at most [#CAPACITY] of them;
/// what comes while it is full is dropped, and takes a number all the same. Threadsafe.
final class Events {

    /// Those of half a second that a person could read in a minute.
    static final int CAPACITY = 256;

    private final Deque<Numbered> waiting = new ArrayDeque<>();
    private long last;

    /// @param seen where the numbers go on from
    Events(long seen) {
        this.last = seen;
    }

    synchronized void add(FollowedEvent event) {
        last++;
        if (waiting.size() < CAPACITY) {
            waiting.add(new Numbered(last, event));
        }
    }

    /// Counts events that nobody can tell any more.
    synchronized void lost(long count) {
        last += count;
    }

    /// What waits behind those that have arrived.
    synchronized Kept after(long seen) {
        while (!waiting.isEmpty() && waiting.getFirst().number() <= seen) {
            waiting.removeFirst();
        }
        return new Kept(List.copyOf(waiting), last, false, null);
    }
}
