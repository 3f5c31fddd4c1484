package dev.heliograph.server;

import dev.heliograph.server.admin.AdminServer;
import dev.heliograph.server.api.HealthService;
import dev.heliograph.server.api.HttpApi;
import dev.heliograph.server.broker.Broker;
import dev.heliograph.server.broker.EmbeddedBroker;
import dev.heliograph.server.broker.redis.RedisBroker;
import dev.heliograph.server.cluster.Bus;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.redis.RedisBus;
import dev.heliograph.server.config.ConfigDiff;
import dev.heliograph.server.config.ConfigException;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.config.Reloader;
import dev.heliograph.server.connections.Connections;
import dev.heliograph.server.control.Control;
import dev.heliograph.server.drain.Drains;
import dev.heliograph.server.guard.Guard;
import dev.heliograph.server.guard.GuardOperations;
import dev.heliograph.server.guard.LimitRule;
import dev.heliograph.server.guard.Revocation;
import dev.heliograph.server.guard.UserBan;
import dev.heliograph.server.guard.IpRule;
import dev.heliograph.server.hub.Hub;
import dev.heliograph.server.operations.Operations;
import dev.heliograph.server.operations.ThisNode;
import dev.heliograph.server.session.LiveConfig;
import dev.heliograph.server.session.Publisher;
import dev.heliograph.server.session.Services;
import dev.heliograph.server.session.Session;
import dev.heliograph.server.session.Sessions;
import dev.heliograph.server.transport.SlowConsumers;
import dev.heliograph.server.transport.Transport;
import io.helidon.webserver.http.HttpRouting;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/// One relay node: everything wired together. Starts on construction, ends with [#close].
public final class Relay implements AutoCloseable {

    private final Broker broker;
    private final LiveConfig live;
    private final Reloader reloader;
    private final Services services;
    private final Cluster cluster;
    private final Operations operations;
    private final Connections connections;
    private final Optional<Control> control;
    private final Transport transport;
    private final Drains drains;
    private final Optional<AdminServer> admin;
    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Relay(RelayConfig config) {
        Clock clock = Clock.systemUTC();
        this.broker = broker(config);
        Hub hub = new Hub(broker);
        broker.start(hub);
        this.live = new LiveConfig(config, clock);
        Guard guard = new Guard(config.client(), clock);
        this.services = new Services(
                live, broker, hub, new Publisher(broker, hub), new Sessions(), guard, clock, Version.current());
        ThisNode node = new ThisNode(services);
        this.cluster = new Cluster(bus(config), node);
        this.operations = new Operations(services, cluster);
        this.connections = new Connections(services, cluster, node.get());
        this.control = Controls.openIfNeeded(config, cluster, clock);
        control.ifPresent(decisions -> {
            decisions.listen(IpRule.TYPE, guard.ipRuleListener());
            decisions.listen(UserBan.TYPE, guard.userBanListener());
            decisions.listen(Revocation.TYPE, guard.revocationListener());
            decisions.listen(LimitRule.TYPE, guard.limitRuleListener());
        });
        this.drains = new Drains(cluster, services.sessions(), this::connectionCount);
        this.reloader = new Reloader(config);
        this.admin = control.filter(_ -> config.admin().enabled()).map(decisions -> admin(decisions, guard));
        // Before anybody is let in.
        control.ifPresent(Control::start);
        this.transport = new Transport(
                config, guard, this::routes, (link, nativePing) -> new Session(services, link, nativePing));
        transport.refuseWhile(this::refuses);
        node.admitting(this::refuses, transport.handshakes()::accepted, transport.handshakes()::refused);
        reloader.add(transport);
        reloader.add(live);
        reloader.add(next -> () -> guard.configure(next.client()));
        admin.ifPresent(reloader::add);
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

    private AdminServer admin(Control decisions, Guard guard) {
        GuardOperations guarding =
                new GuardOperations(guard, cluster, Controls.decisions(decisions), services.clock());
        return new AdminServer(
                services, decisions, cluster, new AdminServer.Facades(connections, guarding, drains, reloader));
    }

    private void routes(HttpRouting.Builder http) {
        RelayConfig config = services.config();
        http.register("/health", new HealthService(this::takesClients, broker::availability));
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

    /// The port of the operators' API, if it is served.
    public OptionalInt adminPort() {
        return admin.map(server -> OptionalInt.of(server.port())).orElse(OptionalInt.empty());
    }

    public RelayConfig config() {
        return services.config();
    }

    /// The connections of all nodes, for operators.
    public Connections connections() {
        return connections;
    }

    /// What changes the configuration while the relay runs.
    public Reloader reloader() {
        return reloader;
    }

    /// Puts a configuration in force, all of it or nothing; no connection drops.
    ///
    /// @return what has changed
    /// @throws ConfigException with all reasons, if nothing has changed because of them
    public ConfigDiff reload(RelayConfig next) {
        return reloader.apply(next);
    }

    /// Connected clients.
    public int clientCount() {
        return services.sessions().clientCount();
    }

    /// What decides who may come in to this node.
    public Guard guard() {
        return services.guard();
    }

    /// What operators decided must be known first.
    private boolean takesClients() {
        return ready.get() && !refuses() && control.map(Control::isLoaded).orElse(true);
    }

    private int connectionCount() {
        return transport.connectionCount();
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
            connections.close();
            admin.ifPresent(AdminServer::close);
            control.ifPresent(Control::close);
            cluster.close();
            live.close();
            broker.close();
        }
    }
}
