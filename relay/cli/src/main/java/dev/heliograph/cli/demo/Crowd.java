package dev.heliograph.cli.demo;

import dev.heliograph.client.SharedSockets;
import dev.heliograph.server.auth.TokenIssuer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// The users of the demo. They come one after the other within ten seconds; each then does as it likes
/// ([Visitor]).
final class Crowd implements AutoCloseable {

    private static final Duration ARRIVAL = Duration.ofSeconds(10);

    private final URI endpoint;
    private final TokenIssuer issuer;
    private final SharedSockets sockets = SharedSockets.open();

    /// All that users do is short: the clients have threads of their own.
    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();

    private final List<Visitor> visitors;

    /// Of all that is left to chance, so that each start is the same.
    private final Random random = new Random(42);

    Crowd(URI endpoint, String secret, int users) {
        this.endpoint = endpoint;
        this.issuer = TokenIssuer.hs256(secret, Clock.systemUTC());
        this.visitors =
                IntStream.range(0, users).mapToObj(i -> new Visitor(this, i)).toList();
    }

    void start() {
        for (int i = 0; i < visitors.size(); i++) {
            after(ARRIVAL.multipliedBy(i).dividedBy(visitors.size()), visitors.get(i)::arrive);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    SharedSockets sockets() {
        return sockets;
    }

    TokenIssuer issuer() {
        return issuer;
    }

    /// Only for the thread of [#after].
    Random random() {
        return random;
    }

    /// A time that is this long on average, as between the calls of strangers.
    Duration about(Duration mean) {
        double factor = Math.min(5, -Math.log(1 - random.nextDouble()));
        return Duration.ofMillis((long) (mean.toMillis() * factor));
    }

    void after(Duration wait, Runnable what) {
        try {
            var _ = time.schedule(what, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // The demo ends.
        }
    }

    @Override
    public void close() {
        time.shutdownNow();
        visitors.forEach(Visitor::close);
        sockets.close();
    }
}
