package dev.heliograph.server.admin;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.heliograph.server.auth.TokenVerifier;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.config.AdminConfig;
import dev.heliograph.server.config.ConfigChange;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.config.Reloader;
import dev.heliograph.server.connections.Connections;
import dev.heliograph.server.control.Control;
import dev.heliograph.server.drain.Drains;
import dev.heliograph.server.follow.Follows;
import dev.heliograph.server.guard.GuardOperations;
import dev.heliograph.server.http.ConnectionClose;
import dev.heliograph.server.http.HttpListener;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.session.Services;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsRouting;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The API of operators on its port. Listens from construction to [#close].
public final class AdminServer implements Reloader.Part, AutoCloseable {

    /// An import of 100,000 addresses fits.
    private static final long MAX_BODY_BYTES = 32L * 1024 * 1024;

    private final Authenticator authenticator;
    private final Clock clock;
    private final Instruments instruments;
    private volatile AdminConfig config;
    private volatile Optional<TokenVerifier> jwt;
    private final LiveStreams streams;
    private final HttpListener listener;

    /// What operators can do, on all nodes.
    public record Facades(
            Connections connections, Follows follows, GuardOperations guard, Drains drains, Reloader reloader) {}

    /// Begins to listen.
    ///
    /// @param control not started yet: the tokens that it keeps are listened for
    public AdminServer(Services services, Control control, Cluster cluster, Facades facades, Instruments instruments) {
        RelayConfig relay = services.config();
        this.config = relay.admin();
        this.clock = services.clock();
        this.instruments = instruments;
        this.jwt = verifier(config);
        this.authenticator = new Authenticator(new Authenticator.Settings(config, jwt));
        control.listen(StoredToken.TYPE, authenticator);
        Nodes nodes = new Nodes(cluster);
        List<Route> routes = new ArrayList<>();
        routes.addAll(nodes.routes());
        routes.addAll(new ConnectionsApi(facades.connections()).routes());
        routes.addAll(new DisconnectsApi(facades.connections()).routes());
        routes.addAll(new ChannelsApi(facades.connections(), services).routes());
        routes.addAll(new IpRulesApi(facades.guard()).routes());
        routes.addAll(new UserBansApi(facades.guard()).routes());
        routes.addAll(new RevocationsApi(facades.guard()).routes());
        routes.addAll(new LimitsApi(facades.guard()).routes());
        routes.addAll(new DrainsApi(facades.drains()).routes());
        routes.addAll(new DeploymentApi(control).routes());
        routes.addAll(new ConfigApi(facades.reloader()).routes());
        routes.addAll(new AuditLog(control).routes());
        routes.addAll(new Tokens(control, () -> config, authenticator).routes());
        Audit audit = new Audit(control);
        this.streams = new LiveStreams(authenticator, new Feeds(nodes, control, facades), audit, clock);
        HttpRouting.Builder http = HttpRouting.builder();
        ConnectionClose.heed(http);
        new AdminApi(
                        routes,
                        authenticator,
                        new FailureLimit(Ticker.systemTicker()),
                        instruments,
                        audit,
                        streams,
                        clock,
                        services.version())
                .route(http);
        this.listener = new HttpListener(
                new HttpListener.Place(
                        config.address(),
                        config.port(),
                        config.tls().enabled() ? Optional.of(config.tls().source()) : Optional.empty(),
                        relay.httpServer().handshakeTimeout(),
                        MAX_BODY_BYTES),
                http,
                WsRouting.builder().endpoint(LiveStreams.PATH, streams::create));
    }

    private Optional<TokenVerifier> verifier(AdminConfig of) {
        return of.jwt().configured() ? Optional.of(new TokenVerifier(of.jwt(), clock, instruments)) : Optional.empty();
    }

    /// Who has a token may change while it runs, and its certificate; where it listens may not.
    @Override
    public Reloader.Prepared prepare(RelayConfig next) {
        Reloader.Prepared certificate = listener.prepare(next.admin().tls().source());
        boolean sameKeys = next.admin().jwt().equals(config.jwt());
        Optional<TokenVerifier> verifier = sameKeys ? jwt : verifier(next.admin());
        return new Reloader.Prepared() {
            @Override
            public List<ConfigChange> changes() {
                return certificate.changes();
            }

            @Override
            public void commit() {
                certificate.commit();
                listener.headTimeout(next.httpServer().handshakeTimeout());
                Optional<TokenVerifier> before = jwt;
                config = next.admin();
                jwt = verifier;
                authenticator.configure(new Authenticator.Settings(config, verifier));
                if (!sameKeys) {
                    before.ifPresent(TokenVerifier::close);
                }
            }

            @Override
            public void discard() {
                if (!sameKeys) {
                    verifier.ifPresent(TokenVerifier::close);
                }
            }
        };
    }

    /// The port it listens on.
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        streams.close();
        listener.close();
        jwt.ifPresent(TokenVerifier::close);
    }
}
