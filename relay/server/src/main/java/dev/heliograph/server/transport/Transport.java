package dev.heliograph.server.transport;

import dev.heliograph.server.config.ConfigChange;
import dev.heliograph.server.config.HttpServerConfig;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.config.Reloader;
import dev.heliograph.server.config.ServerCertificate;
import dev.heliograph.server.guard.Guard;
import dev.heliograph.server.http.AcceptedSockets;
import dev.heliograph.server.http.Certificates;
import dev.heliograph.server.http.ConnectionClose;
import dev.heliograph.server.http.HeadDeadlines;
import dev.heliograph.server.http.HeadListeners;
import dev.heliograph.server.http.ListenException;
import dev.heliograph.server.http.ServerTls;
import dev.heliograph.server.hub.ShardMeter;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Instruments;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.websocket.WsRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The listening side of a node: Helidon accepts, speaks TLS and HTTP, filters, routes and shakes hands; then
/// client connections live on the event loops.
public final class Transport implements Reloader.Part, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Transport.class.getName());

    /// Request heads: cookies and tokens of a handshake fit well.
    private static final int MAX_HEAD_BYTES = 16 * 1024;

    /// Bodies of API requests, a broadcast to many channels included.
    private static final long MAX_BODY_BYTES = 16L * 1024 * 1024;

    private static final int BACKLOG = 4_096;

    /// How long an HTTP connection may be silent between requests.
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final EventLoops loops;
    private final Handshakes handshakes = new Handshakes();
    private volatile BooleanSupplier draining = () -> false;
    private final HeadDeadlines deadlines;
    private final ClientAddress addresses;
    private final AcceptPace pace = new AcceptPace();
    private final Guard guard;
    private final Counts<HandshakeOutcome> outcomes;
    private final WebServer server;
    private final @Nullable Certificates certificates;

    private volatile RelayConfig config;
    private volatile OriginPatterns origins;

    /// Begins to listen.
    ///
    /// @param guard    decides which handshakes are admitted
    /// @param routes   the node's other HTTP services
    /// @param sessions makes the session of each client connection
    public Transport(
            RelayConfig config,
            Guard guard,
            Instruments instruments,
            ShardMeter shards,
            Consumer<HttpRouting.Builder> routes,
            SessionFactory sessions) {
        this.config = config;
        this.loops = new EventLoops(config.eventLoops(), instruments, shards);
        this.guard = guard;
        this.outcomes = instruments.counts(
                "heliograph_handshakes", "WebSocket handshakes, by how they ended.", "outcome", HandshakeOutcome.class);
        Optional<Handover> handover = handover();
        String path = config.websocket().handlerPrefix();
        this.origins = new OriginPatterns(config.client().allowedOrigins());
        HttpRouting.Builder http = HttpRouting.builder();
        ConnectionClose.heed(http);
        http.addFilter(new HandshakeFilter(
                path, origin -> origins.allows(origin), guard, () -> draining.getAsBoolean(), handshakes, outcomes));
        routes.accept(http);
        HttpServerConfig listen = config.httpServer();
        this.addresses = new ClientAddress(listen);
        this.deadlines = new HeadDeadlines(listen.handshakeTimeout(), () -> outcomes.add(HandshakeOutcome.TIMEOUT));
        WebServerConfig.Builder builder = WebServer.builder()
                .host(listen.address().isEmpty() ? "0.0.0.0" : listen.address())
                .port(listen.port())
                .backlog(BACKLOG)
                .shutdownHook(false)
                .maxPayloadSize(MAX_BODY_BYTES)
                .connectionOptions(new AcceptedSockets(
                        SocketOptions.builder().tcpNoDelay(true).build(), this::accepted))
                .enableProxyProtocol(listen.proxyProtocol())
                .idleConnectionPeriod(Duration.ofSeconds(1))
                .idleConnectionTimeout(IDLE)
                .addProtocol(Http1Config.builder()
                        .maxHeadersSize(MAX_HEAD_BYTES)
                        .addReceiveListener(new HeadListeners(List.of(deadlines, addresses, new UpgradeNormalizer())))
                        .build())
                .addRouting(http)
                .addRouting(WsRouting.builder()
                        .endpoint(path, () -> new ClientEndpoint(this.config, loops, handover, sessions, outcomes)));
        Optional<ServerCertificate> certificate =
                listen.tls() ? Optional.of(listen.tlsSource().read()) : Optional.empty();
        certificate.ifPresent(first -> builder.tls(ServerTls.of(first)));
        UpgradeWarmUp.run();
        this.server = builder.build().start();
        // Helidon logs that it cannot listen, and returns as if it did.
        if (!server.isRunning()) {
            loops.close();
            throw ListenException.at(listen.address(), listen.port());
        }
        this.certificates = certificate
                .map(first -> new Certificates(listen.tlsSource(), first, server::reloadTls))
                .orElse(null);
        if (certificates != null) {
            certificates.start();
        }
    }

    /// A connection begins; whoever may not send the header that it begins with is not read from, and neither
    /// is a flood.
    private void accepted(SocketChannel channel) {
        addresses.accepted(channel);
        if (addresses.direct(channel).filter(guard::cutsOff).isPresent()) {
            outcomes.add(HandshakeOutcome.FLOOD);
            leaveNothing(channel);
            throw new RefusedPeerException("it goes on though it was refused");
        }
        deadlines.accepted(channel);
        pace.accepted();
    }

    /// Lets a connection end with a reset, so that it does not stay in TIME_WAIT.
    private static void leaveNothing(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reloader.Prepared prepare(RelayConfig next) {
        HttpServerConfig listen = next.httpServer();
        TrustedProxies trusted = new TrustedProxies(listen.trustedProxies());
        OriginPatterns nextOrigins = new OriginPatterns(next.client().allowedOrigins());
        Optional<Reloader.Prepared> certificate =
                Optional.ofNullable(certificates).map(each -> each.prepare(listen.tlsSource()));
        return new Reloader.Prepared() {
            @Override
            public List<ConfigChange> changes() {
                return certificate.map(Reloader.Prepared::changes).orElse(List.of());
            }

            @Override
            public void commit() {
                certificate.ifPresent(Reloader.Prepared::commit);
                addresses.trust(trusted, listen.forwardedHeader());
                deadlines.timeout(listen.handshakeTimeout());
                origins = nextOrigins;
                config = next;
            }
        };
    }

    /// When the certificate in force expires; nothing without TLS.
    public Optional<Instant> certificateExpiry() {
        return Optional.ofNullable(certificates).map(Certificates::expiry);
    }

    private static Optional<Handover> handover() {
        try {
            Optional<Handover> handover = Handover.probe();
            if (handover.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "sockets cannot be handed over to the event loops on this Java runtime: every connection keeps"
                                + " a virtual thread and its buffers");
            }
            return handover;
        } catch (IOException e) {
            throw new UncheckedIOException("no loopback socket for the self-test of the handover", e);
        }
    }

    /// The port it listens on.
    public int port() {
        return server.port();
    }

    /// Open client connections.
    public int connectionCount() {
        return loops.connectionCount();
    }

    /// Says when handshakes are refused so that clients go elsewhere; never, unless it is said.
    public void refuseWhile(BooleanSupplier drains) {
        draining = drains;
    }

    /// Connections that were cut off before they said anything, because their address went on though it was
    /// refused.
    public long floodCount() {
        return outcomes.get(HandshakeOutcome.FLOOD);
    }

    /// Bytes that clients sent after their handshakes, since the start.
    public long receivedBytes() {
        return loops.sum(LoopMeter::received);
    }

    /// Bytes that were written to clients after their handshakes, since the start.
    public long sentBytes() {
        return loops.sum(LoopMeter::sent);
    }

    /// Messages of channels that were handed to subscribers' connections, since the start.
    public long deliveryCount() {
        return loops.sum(LoopMeter::deliveries);
    }

    /// How many handshakes there were.
    public Handshakes handshakes() {
        return handshakes;
    }

    /// What was lost because peers were slow.
    public SlowConsumers slowConsumers() {
        return loops.slowConsumers();
    }

    /// Stops listening, tells all clients to reconnect elsewhere (3001), and waits for them within a time.
    public void close(Duration within) {
        server.stop();
        if (certificates != null) {
            certificates.close();
        }
        deadlines.close();
        loops.shutdown(within);
        loops.close();
    }

    @Override
    public void close() {
        close(config.shutdownTimeout());
    }
}
