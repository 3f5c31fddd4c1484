package dev.heliograph.server.http;

import dev.heliograph.server.config.ConfigException;
import dev.heliograph.server.config.Reloader;
import dev.heliograph.server.config.ServerCertificate;
import dev.heliograph.server.config.TlsSource;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.Routing;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A small web server beside that of the clients: its own port, few connections, and the same deadlines for those who
/// are slow to ask. Listens from construction to [#close].
public final class HttpListener implements AutoCloseable {

    /// A head with a long token fits well.
    private static final int MAX_HEAD_BYTES = 16 * 1024;

    private static final Duration IDLE = Duration.ofSeconds(60);

    /// Where it listens.
    ///
    /// @param address      empty for all of the host
    /// @param port         0 for a free one
    /// @param headTimeout  for the head of a request, with the TLS handshake before the first one
    /// @param maxBodyBytes of a request
    public record Place(String address, int port, Optional<TlsSource> tls, Duration headTimeout, long maxBodyBytes) {}

    private final HeadDeadlines deadlines;
    private final WebServer server;
    private final Optional<Certificates> certificates;

    /// @throws ListenException if it cannot listen there
    /// @throws ConfigException if its certificate is none
    @SafeVarargs
    public HttpListener(Place place, io.helidon.common.Builder<?, ? extends Routing>... routings) {
        Optional<ServerCertificate> certificate = place.tls().map(TlsSource::read);
        this.deadlines = new HeadDeadlines(place.headTimeout());
        WebServerConfig.Builder builder = WebServer.builder()
                .host(place.address().isEmpty() ? "0.0.0.0" : place.address())
                .port(place.port())
                .shutdownHook(false)
                .maxPayloadSize(place.maxBodyBytes())
                .connectionOptions(new AcceptedSockets(
                        SocketOptions.builder().tcpNoDelay(true).build(), deadlines::accepted))
                .idleConnectionPeriod(Duration.ofSeconds(1))
                .idleConnectionTimeout(IDLE)
                .addProtocol(Http1Config.builder()
                        .maxHeadersSize(MAX_HEAD_BYTES)
                        .addReceiveListener(new HeadListeners(List.of(deadlines)))
                        .build());
        for (io.helidon.common.Builder<?, ? extends Routing> routing : routings) {
            builder.addRouting(routing);
        }
        certificate.ifPresent(first -> builder.tls(ServerTls.of(first)));
        this.server = builder.build().start();
        // Helidon logs that it cannot listen, and returns as if it did.
        if (!server.isRunning()) {
            deadlines.close();
            throw ListenException.at(place.address(), place.port());
        }
        this.certificates =
                certificate.map(first -> new Certificates(place.tls().orElseThrow(), first, server::reloadTls));
        certificates.ifPresent(Certificates::start);
    }

    /// The port it listens on.
    public int port() {
        return server.port();
    }

    /// Changes how long new heads may take.
    public void headTimeout(Duration next) {
        deadlines.timeout(next);
    }

    /// Makes ready for another certificate; there is nothing to do without TLS.
    ///
    /// @throws ConfigException with what is wrong with it
    public Reloader.Prepared prepare(TlsSource next) {
        return certificates.map(each -> each.prepare(next)).orElse(() -> {});
    }

    @Override
    public void close() {
        server.stop();
        certificates.ifPresent(Certificates::close);
        deadlines.close();
    }
}
