package dev.heliograph.compare;

import dev.heliograph.loadtest.Swarm;
import dev.heliograph.server.auth.TokenIssuer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// 10,000 clients come at once, each with a token of its own (HS256) and one recoverable subscription: to a server that
/// was
/// just started, and once more, as storms of reconnects come to servers that have run for long.
final class Entrances {

    private static final int CLIENTS = 10_000;
    private static final int CHANNELS = 100;
    private static final String SECRET = "compare-secret-compare-secret-compare-secret";

    private final Sheet sheet;
    private final int rounds;

    Entrances(Sheet sheet, int rounds) {
        this.sheet = sheet;
        this.rounds = rounds;
    }

    void run() {
        TokenIssuer issuer = TokenIssuer.hs256(SECRET, Clock.systemUTC());
        List<String> tokens = IntStream.range(0, CLIENTS)
                .mapToObj(i -> issuer.connection("user-" + i)
                        .expiresIn(Duration.ofHours(2))
                        .sign())
                .toList();
        List<String> channels =
                IntStream.range(0, CHANNELS).mapToObj(i -> "log:" + i).toList();
        for (int i = 0; i < rounds; i++) {
            for (Peer peer : Peer.relays()) {
                measure(peer, tokens, channels);
            }
        }
        sheet.atMost("entrance_s", Peer.REFERENCE, 0.7);
    }

    private void measure(Peer peer, List<String> tokens, List<String> channels) {
        try (Running server = Running.start(peer, new Peer.Task(SECRET, ""))) {
            sheet.add("entrance_first_s", peer, enter(server, CLIENTS, tokens, channels));
            double cpu = server.cpuSeconds();
            sheet.add("entrance_s", peer, enter(server, CLIENTS, tokens, channels));
            sheet.add("entrance_cpu_us", peer, (server.cpuSeconds() - cpu) / CLIENTS * 1e6);
        }
    }

    private static double enter(Running server, int count, List<String> tokens, List<String> channels) {
        try (Swarm swarm = new Swarm(server.url(), server.peer().dialect(tokens::get, true), channels, 1)) {
            return swarm.enter(count, number -> new int[] {number % CHANNELS}, Duration.ofSeconds(120));
        }
    }
}
