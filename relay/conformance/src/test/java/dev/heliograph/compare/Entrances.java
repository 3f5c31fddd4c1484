package dev.heliograph.compare;

import dev.heliograph.loadtest.Swarm;
import dev.heliograph.server.auth.TokenIssuer;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// 10,000 clients come at once, each with a token of its own (HS256) and one recoverable subscription: to a server that
/// was just started, and in turns to servers that have seen such storms, as those are that have run for long.
final class Entrances {

    private static final int CLIENTS = 10_000;
    private static final int CHANNELS = 100;
    private static final String SECRET = "compare-secret-compare-secret-compare-secret";

    /// Entrances after which the code of servers that compile while they run has settled.
    private static final int WARM_UPS = 8;

    private static final Duration REST = Duration.ofMillis(500);

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
        Map<Peer, Running> servers = new LinkedHashMap<>();
        try {
            for (Peer peer : Peer.relays()) {
                Running server = Running.start(peer, Peer.Task.withTokens(SECRET));
                servers.put(peer, server);
                sheet.add("entrance_first_s", peer, enter(server, tokens, channels));
                for (int i = 0; i < WARM_UPS; i++) {
                    enter(server, tokens, channels);
                }
            }
            for (int i = 0; i < rounds; i++) {
                servers.forEach((peer, server) -> {
                    double cpu = server.cpuSeconds();
                    sheet.add("entrance_s", peer, enter(server, tokens, channels));
                    sheet.add("entrance_cpu_us", peer, (server.cpuSeconds() - cpu) / CLIENTS * 1e6);
                });
            }
        } finally {
            servers.values().forEach(Running::close);
        }
        sheet.atMost("entrance_s", Peer.REFERENCE, 0.7);
    }

    /// Comes in, and goes again; what servers do about that is over when this returns.
    private static double enter(Running server, List<String> tokens, List<String> channels) {
        try (Swarm swarm = new Swarm(server.url(), server.peer().dialect(tokens::get, true), channels, 1)) {
            return swarm.enter(CLIENTS, number -> new int[] {number % CHANNELS}, Duration.ofSeconds(120));
        } finally {
            awaitRest(server);
        }
    }

    /// Until it has done next to nothing for a while.
    private static void awaitRest(Running server) {
        double before;
        double now = server.cpuSeconds();
        int patience = 20;
        do {
            Waiting.sleep(REST);
            before = now;
            now = server.cpuSeconds();
        } while (now - before > 0.1 * REST.toMillis() / 1e3 && --patience > 0);
    }
}
