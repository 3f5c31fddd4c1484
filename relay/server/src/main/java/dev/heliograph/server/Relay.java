package dev.heliograph.server;

import dev.heliograph.server.admin.AdminServer;
import dev.heliograph.server.api.HealthService;
import dev.heliograph.server.api.HttpApi;
import dev.heliograph.server.api.MetricsService;
import dev.heliograph.server.broker.Broker;
import dev.heliograph.server.broker.EmbeddedBroker;
import dev.heliograph.server.broker.MeteredBroker;
import dev.heliograph.server.broker.redis.RedisBroker;
import dev.heliograph.server.cluster.Bus;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.redis.RedisBus;
import dev.heliograph.server.config.ConfigDiff;
import dev.heliograph.server.config.ConfigException;
import dev.heliograph.server.config.MetricsConfig;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.config.Reloader;
import dev.heliograph.server.connections.Connections;
import dev.heliograph.server.control.Control;
import dev.heliograph.server.drain.Drains;
import dev.heliograph.server.follow.Follows;
import dev.heliograph.server.guard.Guard;
import dev.heliograph.server.guard.GuardOperations;
import dev.heliograph.server.guard.IpRule;
import dev.heliograph.server.guard.LimitRule;
import dev.heliograph.server.guard.Revocation;
import dev.heliograph.server.guard.UserBan;
import dev.heliograph.server.http.ConnectionClose;
import dev.heliograph.server.http.HttpListener;
import dev.heliograph.server.hub.Hub;
import dev.heliograph.server.hub.ShardMeter;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.observe.Redactor;
import dev.heliograph.server.observe.Tracer;
import dev.heliograph.server.operations.Operations;
import dev.heliograph.server.operations.ThisNode;
import dev.heliograph.server.session.LiveConfig;
import dev.heliograph.server.session.PublicationMeter;
import dev.heliograph.server.session.Publisher;
import dev.heliograph.server.session.Services;
import dev.heliograph.server.session.Session;
import dev.heliograph.server.session.SessionMeter;
import dev.heliograph.server.session.Sessions;
import dev.heliograph.server.transport.SlowConsumers;
import dev.heliograph.server.transport.Transport;
import io.helidon.webserver.http.HttpRouting;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// One relay node: everything wired together. Starts on construction, ends with [#close].
public final class Relay implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Relay.class.getName());

    private final Instruments instruments;
    private final Tracer tracer;
    private final Optional<HttpListener> metrics;
    private final Broker broker;
    private final LiveConfig live;
    private final Reloader reloader;
    private final Services services;
    private final Cluster cluster;
    private final Operations operations;
    private final Connections connections;
    private final Follows follows;
    private final Optional<Control> control;
    private final Transport transport;
    private final Drains drains;
    private final Optional<AdminServer> admin;
    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Relay(RelayConfig config) {
        Opened opened = new Opened();
        try {
            Clock clock = Clock.systemUTC();
            this.instruments = config.metrics().enabled() ? Instruments.on(Version.current()) : Instruments.off();
            this.tracer = opened.with(new Tracer(clock));
            this.broker = opened.with(broker(config, instruments));
            Hub hub = new Hub(broker);
            broker.start(hub);
            this.live = opened.with(new LiveConfig(config, clock, instruments));
            Guard guard = new Guard(config.client(), clock, instruments);
            PublicationMeter publications = new PublicationMeter(instruments);
            this.services = new Services(
                    live,
                    broker,
                    hub,
                    new Publisher(broker, hub, publications),
                    new Sessions(),
                    guard,
                    clock,
                    Version.current(),
                    new SessionMeter(instruments, tracer));
            ThisNode node = new ThisNode(services);
            this.cluster = opened.with(new Cluster(bus(config, instruments), node));
            this.operations = new Operations(services, cluster);
            this.connections = opened.with(new Connections(services, cluster, node.get()));
            this.follows = opened.with(new Follows(cluster, tracer, node.get(), () -> Redactor.of(services.config())));
            this.control = Controls.openIfNeeded(config, cluster, clock).map(opened::with);
            control.ifPresent(decisions -> {
                decisions.listen(IpRule.TYPE, guard.ipRuleListener());
                decisions.listen(UserBan.TYPE, guard.userBanListener());
                decisions.listen(Revocation.TYPE, guard.revocationListener());
                decisions.listen(LimitRule.TYPE, guard.limitRuleListener());
            });
            this.drains = new Drains(cluster, services.sessions(), this::connectionCount, instruments);
            this.reloader = new Reloader(config);
            this.admin = control.filter(_ -> config.admin().enabled())
                    .map(decisions -> opened.with(admin(decisions, guard)));
            // Before anybody is let in.
            control.ifPresent(Control::start);
            ShardMeter shards = new ShardMeter(instruments, tracer, control.isPresent());
            this.transport = opened.with(new Transport(
                    config,
                    guard,
                    instruments,
                    shards,
                    this::routes,
                    (link, nativePing) -> new Session(services, link, nativePing)));
            transport.refuseWhile(this::refuses);
            node.admitting(this::refuses, transport.handshakes()::accepted, transport.handshakes()::refused);
            node.carrying(new TrafficCount(publications, services.meter(), guard, transport, shards));
            reloader.add(transport);
            reloader.add(live);
            reloader.add(next -> () -> guard.configure(next.client()));
            admin.ifPresent(reloader::add);
            gauges();
            this.metrics = metrics(config.metrics(), config.httpServer().handshakeTimeout());
            reloader.add(next -> () -> metrics.ifPresent(
                    listener -> listener.headTimeout(next.httpServer().handshakeTimeout())));
            node.listening(transport.port());
            cluster.start();
            ready.set(true);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /// What a relay that cannot start must close again.
    private static final class Opened {

        private final Deque<AutoCloseable> all = new ArrayDeque<>();

        <T extends AutoCloseable> T with(T each) {
            all.push(each);
            return each;
        }

        /// The last one first.
        void close() {
            for (AutoCloseable each : all) {
                try {
                    each.close();
                } catch (Exception e) {
                    LOG.log(Level.WARNING, "something of a relay that could not start is left open", e);
                }
            }
        }
    }

    /// Starts a relay; when this returns, it accepts connections.
    public static Relay start(RelayConfig config) {
        return new Relay(config);
    }

    private void gauges() {
        LongAdder reloads =
                instruments.counter("heliograph_config_reloads", "Times that another configuration was put in force.");
        reloader.add(_ -> reloads::increment);
        instruments.gauge(
                "heliograph_draining",
                "1 while the node sends new clients elsewhere, else 0.",
                () -> refuses() ? 1 : 0);
        transport
                .certificateExpiry()
                .ifPresent(_ -> instruments.gauge(
                        "heliograph_tls_certificate_expiry_timestamp_seconds",
                        "When the certificate in force expires, in Unix seconds.",
                        () -> transport
                                .certificateExpiry()
                                .map(Instant::getEpochSecond)
                                .orElse(0L)));
        instruments.gauge(
                "heliograph_connection_limit",
                "Connections that `client.connection_limit` allows this node; 0 for any number.",
                () -> services.config().client().connectionLimit());
        instruments.gauge(
                "heliograph_sessions",
                "Connected clients.",
                () -> services.sessions().clientCount());
        instruments.gauge(
                "heliograph_users",
                "Distinct users that are connected.",
                () -> services.sessions().userCount());
        instruments.gauge(
                "heliograph_channels",
                "Channels with subscribers on this node.",
                () -> services.hub().channelCount());
        instruments.gauge(
                "heliograph_subscriptions",
                "Subscriptions on this node.",
                () -> services.hub().subscriptionCount());
        instruments.gauge(
                "heliograph_cluster_nodes",
                "Nodes of the cluster that this one knows, itself included.",
                () -> cluster.nodes().size());
    }

    /// @param headTimeout for the head of a scrape
    private Optional<HttpListener> metrics(MetricsConfig config, Duration headTimeout) {
        if (!config.enabled()) {
            return Optional.empty();
        }
        HttpRouting.Builder http = HttpRouting.builder();
        ConnectionClose.heed(http);
        http.register("/metrics", new MetricsService(instruments));
        HttpListener listener = new HttpListener(
                new HttpListener.Place(config.address(), config.port(), Optional.empty(), headTimeout, 1_024), http);
        LOG.log(Level.INFO, () -> "metrics on port " + listener.port());
        return Optional.of(listener);
    }

    private static Broker broker(RelayConfig config, Instruments instruments) {
        Broker broker = brokerOf(config, instruments);
        return instruments.on() ? new MeteredBroker(broker, instruments) : broker;
    }

    private static Broker brokerOf(RelayConfig config, Instruments instruments) {
        return switch (config.broker()) {
            case EMBEDDED ->
                new EmbeddedBroker(new EmbeddedBroker.Limits(
                        config.embeddedBroker().maxHistoryBytes(),
                        config.embeddedBroker().maxChannels(),
                        config.embeddedBroker().maxIdempotencyKeys()));
            case REDIS -> new RedisBroker(config.redis(), instruments);
        };
    }

    private static Bus bus(RelayConfig config, Instruments instruments) {
        return switch (config.broker()) {
            case EMBEDDED -> Bus.none();
            case REDIS -> new RedisBus(config.redis(), instruments);
        };
    }

    private AdminServer admin(Control decisions, Guard guard) {
        GuardOperations guarding = new GuardOperations(guard, cluster, Controls.decisions(decisions), services.clock());
        AdminServer server = new AdminServer(
                services,
                decisions,
                cluster,
                new AdminServer.Facades(connections, follows, guarding, drains, reloader),
                instruments);
        LOG.log(Level.INFO, () -> "admin API on port " + server.port());
        return server;
    }

    private void routes(HttpRouting.Builder http) {
        RelayConfig config = services.config();
        http.register("/health", new HealthService(this::takesClients, broker::availability));
        if (!config.httpApi().disabled()) {
            http.register(config.httpApi().handlerPrefix(), new HttpApi(services, operations, instruments));
        }
        if (config.demo()) {
            http.register("/", new DemoPage());
        }
    }

    /// The port it listens on.
    public int port() {
        return transport.port();
    }

    /// The port of the metrics, if they are served.
    public OptionalInt metricsPort() {
        return metrics.map(listener -> OptionalInt.of(listener.port())).orElseGet(OptionalInt::empty);
    }

    /// Follows users, channels, addresses and connections of this node.
    public Tracer tracer() {
        return tracer;
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
            metrics.ifPresent(HttpListener::close);
            admin.ifPresent(AdminServer::close);
            follows.close();
            tracer.close();
            control.ifPresent(Control::close);
            cluster.close();
            live.close();
            broker.close();
            instruments.close();
        }
    }
}
