package dev.heliograph.server.auth;

import com.nimbusds.jose.JWSHeader;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keys that an issuer publishes as a JSON Web Key Set. A token must name its key (`kid`). Threadsafe.
///
/// ```text
///  age of the set   0 ──────── REFRESH ───────────── STALE ──────────────────►
///  a known kid      used       used, fetched behind  fetched first; used anyway if the endpoint is down
///  an unknown kid   fetched first, unless that was tried within PAUSE
/// ```
/// So a new key works with its first token, a withdrawn one ends within minutes, a flood of made-up ids costs the
/// endpoint one request a PAUSE, and an outage of the endpoint is not one of the relay: the last set stays in use
/// however old it gets. While the endpoint is down nobody waits for it again to use a key that is known.
///
/// Nimbus' JWKSourceBuilder composes much of this, but takes the time from the system, so that none of it could be
/// tested without waiting, and refreshes a set that is too old in front of all callers for as long as the outage lasts.
final class JwksKeys implements KeySource {

    static final Duration REFRESH = Duration.ofMinutes(1);
    static final Duration STALE = Duration.ofMinutes(5);
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(JwksKeys.class.getName());

    private record Known(KeySet keys, long fetchedAt) {}

    private final JwksEndpoint endpoint;
    private final Clock clock;
    private final Executor background;
    private final AtomicBoolean behind = new AtomicBoolean();

    /// Held while the set is fetched: whoever needs it waits for the one that fetches.
    private final ReentrantLock fetching = new ReentrantLock();

    /// Written under `fetching`.
    private volatile @Nullable Known known;

    /// Written under `fetching`.
    private volatile boolean failing;

    /// When the last attempt ended, in milliseconds; guarded by `fetching`.
    private long attemptedAt = Long.MIN_VALUE;

    JwksKeys(JwksEndpoint endpoint, Clock clock) {
        this(endpoint, clock, task -> Thread.ofVirtual().name("jwks-refresh").start(task));
    }

    JwksKeys(JwksEndpoint endpoint, Clock clock, Executor background) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.background = background;
    }

    @Override
    public List<VerificationKey> keys(JWSHeader header) {
        String id = header.getKeyID();
        if (id == null || !KeySet.supports(header.getAlgorithm())) {
            return List.of();
        }
        Known current = current();
        if (!current.keys().knows(id)) {
            fetch(current);
            current = known();
            // Not in a set that is as good as new is an answer; not in an old one is none.
            if (!current.keys().knows(id) && age(current.fetchedAt()) > PAUSE.toMillis()) {
                throw TokenException.unavailable("the token's key can not be fetched");
            }
        }
        return current.keys().find(id, header.getAlgorithm());
    }

    /// As long as the set itself is taken for current.
    @Override
    public Duration trust() {
        return REFRESH;
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private Known current() {
        Known current = known;
        if (current == null) {
            fetch(null);
            return known();
        }
        long age = age(current.fetchedAt());
        if (age >= STALE.toMillis() && !failing) {
            fetch(current);
            return known();
        }
        if (age >= REFRESH.toMillis() && behind.compareAndSet(false, true)) {
            background.execute(() -> {
                try {
                    fetch(current);
                } finally {
                    behind.set(false);
                }
            });
        }
        return current;
    }

    private Known known() {
        Known current = known;
        if (current == null) {
            throw TokenException.unavailable("the key set can not be fetched");
        }
        return current;
    }

    /// Fetches the set, unless it is another than the one seen, or an attempt was made a moment ago.
    private void fetch(@Nullable Known seen) {
        fetching.lock();
        try {
            if (known != seen || age(attemptedAt) < PAUSE.toMillis()) {
                return;
            }
            known = new Known(KeySet.parse(endpoint.fetch()), clock.millis());
            attemptedAt = clock.millis();
            failing = false;
        } catch (IOException e) {
            failed(e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            failed("interrupted");
        } finally {
            fetching.unlock();
        }
    }

    /// A failure counts from its end: it may have taken longer than the pause.
    private void failed(@Nullable String reason) {
        attemptedAt = clock.millis();
        failing = true;
        LOG.log(Level.WARNING, () -> "key set " + endpoint + " can not be fetched: " + reason);
    }

    /// A clock that was set back makes everything old rather than young for ever.
    private long age(long since) {
        long now = clock.millis();
        return since > now || since == Long.MIN_VALUE ? Long.MAX_VALUE : now - since;
    }
}
