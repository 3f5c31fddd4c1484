package dev.heliograph.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// All figures: those of the whole run and those of each time between two marks. For the thread of the clients, but for
/// [#publishFailed].
final class Book {

    private final List<Channel> channels;
    private final int clients;
    private final Figures whole;
    private final List<Figures> intervals = new ArrayList<>();
    private int live;

    // Guarded by itself: publishers are many threads.
    private final Map<String, Long> publishErrors = new TreeMap<>();

    Book(List<Channel> channels, int clients) {
        this.channels = channels;
        this.clients = clients;
        this.whole = new Figures("whole", tops());
        intervals.add(new Figures("start", tops()));
    }

    private int[] tops() {
        return channels.stream().mapToInt(Channel::acknowledged).toArray();
    }

    Figures whole() {
        return whole;
    }

    List<Figures> intervals() {
        return intervals;
    }

    /// What follows is counted under another name, too.
    void mark(String name) {
        settle();
        Figures next = new Figures(name, tops());
        next.back = allLive();
        intervals.add(next);
    }

    int live() {
        return live;
    }

    boolean allLive() {
        return live == clients;
    }

    void add(Consumer<Figures> what) {
        what.accept(whole);
        what.accept(intervals.getLast());
    }

    void came() {
        live++;
        if (allLive()) {
            long now = System.nanoTime();
            add(each -> {
                each.backAt = now;
                each.back = true;
            });
        }
    }

    void went() {
        live--;
        add(each -> each.back = false);
    }

    void reconnected() {
        long second = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        add(each -> each.reconnects.merge(second, 1, Integer::sum));
    }

    void gap(long nanos) {
        if (nanos > whole.longestGap || nanos > intervals.getLast().longestGap) {
            add(each -> each.longestGap = Math.max(each.longestGap, nanos));
        }
    }

    void clientError(String cause) {
        add(each -> each.clientErrors.merge(cause, 1L, Long::sum));
    }

    /// For any thread.
    void publishFailed(String cause) {
        synchronized (publishErrors) {
            publishErrors.merge(cause, 1L, Long::sum);
        }
    }

    /// Takes over what publishers counted.
    void settle() {
        synchronized (publishErrors) {
            publishErrors.forEach((cause, count) -> add(each -> each.publishErrors.merge(cause, count, Long::sum)));
            publishErrors.clear();
        }
    }
}
