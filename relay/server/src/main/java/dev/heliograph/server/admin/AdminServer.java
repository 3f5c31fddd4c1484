package dev.heliograph.server.admin;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.heliograph.server.auth.TokenVerifier;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.config.AdminConfig;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.control.Control;
import dev.heliograph.server.http.HttpListener;
import dev.heliograph.server.http.ServerTls;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsRouting;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The API of operators on its port. Listens from construction to [#close].
public final class AdminServer implements AutoCloseable {

    /// An import of 100,000 addresses fits.
    private static final long MAX_BODY_BYTES = 32L * 1024 * 1024;

    private final Optional<TokenVerifier> jwt;
    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
    private final HttpListener listener;

    /// Begins to listen.
    ///
    /// @param control not started yet: the tokens that it keeps are listened for
    /// @param version of the relay, for the description
    public AdminServer(RelayConfig relay, Control control, Cluster cluster, Clock clock, String version) {
        AdminConfig config = relay.admin();
        this.jwt = config.jwt().configured() ? Optional.of(new TokenVerifier(config.jwt(), clock)) : Optional.empty();
        Authenticator authenticator = new Authenticator(config, jwt);
        control.listen(StoredToken.TYPE, authenticator);
        Nodes nodes = new Nodes(cluster);
        List<Route> routes = new ArrayList<>();
        routes.addAll(nodes.routes());
        routes.addAll(new AuditLog(control).routes());
        routes.addAll(new Tokens(control, config, authenticator).routes());
        HttpRouting.Builder http = HttpRouting.builder();
        new AdminApi(routes, authenticator, new FailureLimit(Ticker.systemTicker()), new Audit(control), clock, version)
                .route(http);
        this.listener = new HttpListener(
                new HttpListener.Place(
                        config.address(),
                        config.port(),
                        tls(config.tls()),
                        relay.httpServer().handshakeTimeout(),
                        MAX_BODY_BYTES),
                http,
                WsRouting.builder().endpoint(LiveStream.PATH, () -> new LiveStream(authenticator, nodes, control, streams)));
    }

    private static Optional<Tls> tls(AdminConfig.AdminTls tls) {
        return tls.enabled() ? Optional.of(ServerTls.of(tls.cert(), tls.key(), tls.clientCa())) : Optional.empty();
    }

    /// The port it listens on.
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        streams.forEach(LiveStream::end);
        listener.close();
        jwt.ifPresent(TokenVerifier::close);
    }
}
