package dev.heliograph.server.session;

import dev.heliograph.server.auth.TokenVerifier;
import dev.heliograph.server.channel.Channels;
import dev.heliograph.server.config.ClientConfig;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.config.Reloader;
import dev.heliograph.server.config.TokenConfig;
import dev.heliograph.server.observe.Instruments;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The configuration in force with what is made of it, replaced as a whole. Threadsafe.
///
/// What does something reads [#now] once and keeps to that until it is done. A verifier of tokens that is replaced goes
/// on for a minute, for whatever has begun with it.
public final class LiveConfig implements Reloader.Part, AutoCloseable {

    /// Longer than any verification takes, that of a token whose key must be fetched included.
    private static final Duration LAST_USE = Duration.ofMinutes(1);

    /// One configuration.
    ///
    /// @param tokens             for connections
    /// @param subscriptionTokens for subscriptions; the same unless configured apart
    public record Snapshot(
            RelayConfig config, TokenVerifier tokens, TokenVerifier subscriptionTokens, Channels channels) {}

    private final Clock clock;
    private final Instruments instruments;
    private final Set<TokenVerifier> retired = ConcurrentHashMap.newKeySet();
    private volatile Snapshot now;

    /// @throws IllegalArgumentException if a key is malformed
    public LiveConfig(RelayConfig config, Clock clock, Instruments instruments) {
        this.clock = clock;
        this.instruments = instruments;
        ClientConfig client = config.client();
        TokenVerifier tokens = new TokenVerifier(client.token(), clock, instruments);
        this.now = new Snapshot(
                config,
                tokens,
                client.separateSubscriptionToken()
                        ? new TokenVerifier(client.subscriptionToken(), clock, instruments)
                        : tokens,
                new Channels(config.channel()));
    }

    public Snapshot now() {
        return now;
    }

    @Override
    public Reloader.Prepared prepare(RelayConfig next) {
        Snapshot old = now;
        ClientConfig before = old.config().client();
        TokenVerifier tokens = verifier(next.client().token(), before.token(), old.tokens());
        TokenVerifier subscriptionTokens = next.client().separateSubscriptionToken()
                ? verifier(
                        next.client().subscriptionToken(),
                        before.separateSubscriptionToken() ? before.subscriptionToken() : TokenConfig.NONE,
                        old.subscriptionTokens())
                : tokens;
        Snapshot snapshot = new Snapshot(next, tokens, subscriptionTokens, new Channels(next.channel()));
        return new Reloader.Prepared() {
            @Override
            public void commit() {
                now = snapshot;
                unused(old, snapshot).forEach(LiveConfig.this::retire);
            }

            @Override
            public void discard() {
                unused(snapshot, old).forEach(TokenVerifier::close);
            }
        };
    }

    /// What is known of tokens is kept where their keys do not change.
    private TokenVerifier verifier(TokenConfig next, TokenConfig before, TokenVerifier existing) {
        return next.equals(before) ? existing : new TokenVerifier(next, clock, instruments);
    }

    private static Set<TokenVerifier> unused(Snapshot of, Snapshot in) {
        Set<TokenVerifier> left = ConcurrentHashMap.newKeySet();
        left.add(of.tokens());
        left.add(of.subscriptionTokens());
        left.remove(in.tokens());
        left.remove(in.subscriptionTokens());
        return left;
    }

    private void retire(TokenVerifier verifier) {
        retired.add(verifier);
        Thread.ofVirtual().name("token-verifier-end").start(() -> {
            try {
                Thread.sleep(LAST_USE);
            } catch (InterruptedException _) {
                return;
            }
            if (retired.remove(verifier)) {
                verifier.close();
            }
        });
    }

    @Override
    public void close() {
        retired.forEach(TokenVerifier::close);
        retired.clear();
        now.tokens().close();
        now.subscriptionTokens().close();
    }
}
