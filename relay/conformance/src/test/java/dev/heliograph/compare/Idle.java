package dev.heliograph.compare;

import dev.heliograph.loadtest.Swarm;
import java.time.Duration;
import java.util.List;

/// What connections cost that do nothing but answer pings: memory as the slope of the resident set between two numbers of
/// connections, and CPU over whole intervals of pings.
final class Idle {

    private static final int FEW = 2_000;
    private static final int MANY = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /// Twice the interval of pings, which is 25 s on all relays by default.
    private static final Duration WATCH = Duration.ofSeconds(50);

    /// For what was only needed to come in.
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final Sheet sheet;
    private final int rounds;

    Idle(Sheet sheet, int rounds) {
        this.sheet = sheet;
        this.rounds = rounds;
    }

    void run() {
        for (int i = 0; i < rounds; i++) {
            for (Peer peer : Peer.relays()) {
                measure(peer);
            }
        }
        sheet.atMost("idle_rss_kb", Peer.REFERENCE, 0.45);
        sheet.atMost("idle_rss_kb", Peer.TUNED, 0.6);
        sheet.atMost("idle_cpu_ms_per_s", Peer.REFERENCE, 0.5);
    }

    private void measure(Peer peer) {
        try (Running server = Running.start(peer, Peer.Task.ALONE);
                Swarm swarm = new Swarm(server.url(), peer.dialect(), List.of(), 1)) {
            swarm.enter(FEW, _ -> new int[0], PATIENCE);
            Waiting.sleep(SETTLE);
            long before = server.rss();
            swarm.enter(MANY - FEW, _ -> new int[0], PATIENCE);
            Waiting.sleep(SETTLE);
            sheet.add("idle_rss_kb", peer, (server.rss() - before) / 1024.0 / (MANY - FEW));
            sheet.add("idle_rss_mb_at_10000", peer, server.rss() / 1024.0 / 1024);
            double cpu = server.cpuSeconds();
            Waiting.sleep(WATCH);
            sheet.add("idle_cpu_ms_per_s", peer, (server.cpuSeconds() - cpu) * 1e3 / WATCH.toSeconds());
            if (swarm.live() != MANY) {
                throw new IllegalStateException("%s: %d of %d stayed; %s".formatted(peer.key(), swarm.live(), MANY, swarm.ends()));
            }
        }
    }
}
