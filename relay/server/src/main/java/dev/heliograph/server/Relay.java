package dev.heliograph.server;

import dev.heliograph.server.api.HealthService;
import dev.heliograph.server.api.HttpApi;
import dev.heliograph.server.auth.TokenVerifier;
import dev.heliograph.server.broker.Broker;
import dev.heliograph.server.broker.EmbeddedBroker;
import dev.heliograph.server.broker.redis.RedisBroker;
import dev.heliograph.server.channel.Channels;
import dev.heliograph.server.cluster.Bus;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.redis.RedisBus;
import dev.heliograph.server.config.ClientConfig;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.drain.Drains;
import dev.heliograph.server.hub.Hub;
import dev.heliograph.server.operations.Operations;
import dev.heliograph.server.operations.ThisNode;
import dev.heliograph.server.session.Publisher;
import dev.heliograph.server.session.Services;
import dev.heliograph.server.session.Session;
import dev.heliograph.server.session.Sessions;
import dev.heliograph.server.transport.SlowConsumers;
import dev.heliograph.server.transport.Transport;
import io.helidon.webserver.http.HttpRouting;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// One relay node: everything wired together. Starts on construction, ends with [#close].
public final class Relay implements AutoCloseable {

    private final Broker broker;
    private final TokenVerifier tokens;
    private final TokenVerifier subscriptionTokens;
    private final Services services;
    private final Cluster cluster;
    private final Operations operations;
    private final Transport transport;
    private final Drains drains;
    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Relay(RelayConfig config) {
        Clock clock = Clock.systemUTC();
        ClientConfig client = config.client();
        this.broker = broker(config);
        Hub hub = new Hub(broker);
        broker.start(hub);
        this.tokens = new TokenVerifier(client.token(), clock);
        this.subscriptionTokens =
                client.separateSubscriptionToken() ? new TokenVerifier(client.subscriptionToken(), clock) : tokens;
        this.services = new Services(
                config,
                tokens,
                subscriptionTokens,
                new Channels(config.channel()),
                broker,
                hub,
                new Publisher(broker, hub),
                new Sessions(),
                clock,
                Version.current());
        ThisNode node = new ThisNode(services);
        this.cluster = new Cluster(bus(config), node);
        this.operations = new Operations(services, cluster);
        this.transport =
                new Transport(config, this::routes, (link, nativePing) -> new Session(services, link, nativePing));
        this.drains = new Drains(cluster, services.sessions(), transport::connectionCount);
        transport.refuseWhile(this::refuses);
        node.admitting(this::refuses, transport.handshakes()::accepted, transport.handshakes()::refused);
        node.listening(transport.port());
        cluster.start();
        ready.set(true);
    }

    /// Starts a relay; when this returns, it accepts connections.
    public static Relay start(RelayConfig config) {
        return new Relay(config);
    }

    private static Broker broker(RelayConfig config) {
        return switch (config.broker()) {
            case EMBEDDED ->
                new EmbeddedBroker(new EmbeddedBroker.Limits(
                        config.embeddedBroker().maxHistoryBytes(),
                        config.embeddedBroker().maxChannels(),
                        config.embeddedBroker().maxIdempotencyKeys()));
            case REDIS -> new RedisBroker(config.redis());
        };
    }

    private static Bus bus(RelayConfig config) {
        return switch (config.broker()) {
            case EMBEDDED -> Bus.none();
            case REDIS -> new RedisBus(config.redis());
        };
    }

    private void routes(HttpRouting.Builder http) {
        RelayConfig config = services.config();
        http.register("/health", new HealthService(() -> ready.get() && !refuses(), broker::availability));
        if (!config.httpApi().disabled()) {
            http.register(config.httpApi().handlerPrefix(), new HttpApi(services, operations));
        }
        if (config.demo()) {
            http.register("/", new DemoPage());
        }
    }

    /// The port it listens on.
    public int port() {
        return transport.port();
    }

    public RelayConfig config() {
        return services.config();
    }

    /// Connected clients.
    public int clientCount() {
        return services.sessions().clientCount();
    }

    /// Whether new clients are to go elsewhere.
    private boolean refuses() {
        return closed.get() || drains.refuses();
    }

    /// What moves clients to other nodes.
    public Drains drains() {
        return drains;
    }

    /// What was lost because clients read too slowly.
    public SlowConsumers slowConsumers() {
        return transport.slowConsumers();
    }

    /// Tells clients to reconnect elsewhere, at `shutdown.pace`, waits for them within `shutdown.timeout`, and
    /// ends.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            ready.set(false);
            long deadline = System.nanoTime() + config().shutdownTimeout().toNanos();
            drains.shutdown(config().shutdownTimeout(), config().shutdownPace());
            transport.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            cluster.close();
            tokens.close();
            subscriptionTokens.close();
            broker.close();
        }
    }
}
