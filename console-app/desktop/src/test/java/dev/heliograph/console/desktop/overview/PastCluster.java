package dev.heliograph.console.desktop.overview;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.overview.Mark;
import dev.heliograph.console.overview.OverviewModel;
import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.NodeTraffic;
import dev.heliograph.console.wire.NodesMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Three nodes whose last ten minutes a model has seen: always the same ones, for pictures.
final class PastCluster implements AutoCloseable {

    private static final int SECONDS = 600;

    private final MovingClock clock = new MovingClock();
    private Optional<LiveFeed.Listener> listener = Optional.empty();
    private final OverviewModel model;

    PastCluster() {
        LiveFeed feed = (_, heard) -> {
            listener = Optional.of(heard);
            return () -> {};
        };
        model = new OverviewModel(Fakes.workspace(Fakes.api(), feed, clock));
    }

    OverviewModel model() {
        return model;
    }

    Clock clock() {
        return clock;
    }

    /// Ten minutes pass; in the end `relay-3` is gone, and `relay-2` draining.
    void live() {
        for (int second = 0; second <= SECONDS; second++) {
            List<NodeRow> rows = new ArrayList<>();
            rows.add(node(1, second, false));
            rows.add(node(2, second, second > 500));
            if (second < 540) {
                rows.add(node(3, second, false));
            }
            listener.orElseThrow().onMessage(new NodesMessage("nodes", rows));
            clock.pass(1);
        }
        Instant now = clock.instant();
        model.marks()
                .put(List.of(
                        new Mark(
                                "a",
                                now.minusSeconds(320),
                                Mark.Kind.ACTION,
                                "ann: ip_rule.put 203.0.113.0/24",
                                "done: flood"),
                        new Mark("b", now.minusSeconds(300), Mark.Kind.DEPLOY, "relay-1: 1.4.1 → 1.4.2", ""),
                        new Mark("c", now.minusSeconds(55), Mark.Kind.ALERT, "NodeDown relay-3", "critical")));
    }

    void interrupt(String sentence) {
        listener.orElseThrow().onInterrupted(new AdminException(AdminException.Kind.UNREACHABLE, sentence));
    }

    private NodeRow node(int number, int second, boolean draining) {
        double wave = 1 + 0.2 * Math.sin(second / 60.0 + number);
        int clients = draining ? Math.max(0, 5_000 - 45 * (second - 500)) : (int) (5_000 * wave);
        long counted = (long) (second * 1_000 + 12_000 * (1 - Math.cos(second / 60.0 + number)));
        boolean flood = second > 200 && second < 280;
        long bad = flood ? (second - 200) * 40L : second >= 280 ? 3_200 : 0;
        return new NodeRow(
                "id-" + number,
                "relay-" + number,
                "10.0.0." + number + ":8000",
                "1.4.2",
                number == 3 ? "green" : "blue",
                number == 1,
                draining,
                Toolkit.CLOCK.millis() - 86_400_000L * number,
                clients,
                clients,
                120,
                2 * clients,
                120 * wave,
                4,
                400_000_000L,
                90_000,
                bad / 4,
                new NodeTraffic(
                        counted / 10,
                        counted * 30,
                        counted * 200,
                        counted * 9_000,
                        second / 5 + bad / 20,
                        bad,
                        0,
                        1.5 * wave,
                        (flood ? 20 : 6) * wave,
                        (flood ? 80 : 14) * wave));
    }

    @Override
    public void close() {
        model.close();
    }

    private static final class MovingClock extends Clock {

        private volatile Instant now = Toolkit.CLOCK.instant();

        synchronized void pass(int seconds) {
            now = now.plus(Duration.ofSeconds(seconds));
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
