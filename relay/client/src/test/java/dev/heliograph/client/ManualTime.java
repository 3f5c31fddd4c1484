package dev.heliograph.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Time that passes only when told to, and knows what is planned.
final class ManualTime implements Timing {

    private record Planned(long at, Runnable task) {}

    // Guarded by this.
    private final List<Planned> planned = new ArrayList<>();
    private long now = Long.MAX_VALUE - Duration.ofHours(1).toNanos();

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable task) {
        Planned plan = new Planned(now + delay.toNanos(), task);
        planned.add(plan);
        return () -> cancel(plan);
    }

    private synchronized void cancel(Planned plan) {
        planned.remove(plan);
    }

    /// Runs what falls due.
    void pass(Duration time) {
        List<Planned> due;
        synchronized (this) {
            now += time.toNanos();
            due = planned.stream()
                    .filter(each -> each.at() - now <= 0)
                    .sorted(Comparator.comparingLong(each -> each.at() - now))
                    .toList();
            planned.removeAll(due);
        }
        due.forEach(each -> each.task().run());
    }

    /// How long it is until what is planned.
    synchronized List<Duration> pending() {
        return planned.stream().map(each -> Duration.ofNanos(each.at() - now)).toList();
    }

    /// Waits until something is planned for just then, and lets it happen.
    void passPlanned(Duration delay) {
        awaitPlanned(delay);
        pass(delay);
    }

    void awaitPlanned(Duration delay) {
        await().untilAsserted(() -> assertThat(pending()).contains(delay));
    }
}
