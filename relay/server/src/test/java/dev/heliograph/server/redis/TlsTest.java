package dev.heliograph.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.Certificate;
import dev.heliograph.testkit.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However a socket is made, the server's certificate must be good for the name that the configuration gives.
class TlsTest {

    private static SSLSocketFactory factory(Certificate trusted, String name) {
        return Tls.factory(RelayConfig.parse("""
                        broker: {redis: {tls: {enabled: true, server_ca_pem: '%s', server_name: %s}}}
                        """.formatted(trusted.certificate(), name))
                .redis()
                .tls());
    }

    private static List<Socket> sockets(SSLSocketFactory factory, int port) throws IOException {
        InetAddress host = InetAddress.ofLiteral("127.0.0.1");
        return List.of(
                factory.createSocket(new Socket(host, port), "127.0.0.1", port, true),
                factory.createSocket("127.0.0.1", port),
                factory.createSocket("127.0.0.1", port, host, 0),
                factory.createSocket(host, port),
                factory.createSocket(host, port, host, 0));
    }

    @Test
    void theNameOfTheConfigurationCounts(@TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.selfSigned(folder, "dns:redis.example");
        try (RedisServer redis = RedisServer.start(
                "--tls-cert-file " + certificate.certificate().toAbsolutePath(),
                "--tls-key-file " + certificate.key().toAbsolutePath(),
                "--tls-ca-cert-file " + certificate.certificate().toAbsolutePath(),
                "--tls-auth-clients no")) {
            for (Socket socket : sockets(factory(certificate, "redis.example"), redis.tlsPort())) {
                try (SSLSocket tls = (SSLSocket) socket) {
                    tls.setSSLParameters(Tls.parameters());
                    tls.startHandshake();
                    assertThat(tls.getSession().isValid()).isTrue();
                }
            }
            for (Socket socket : sockets(factory(certificate, "another.example"), redis.tlsPort())) {
                try (SSLSocket tls = (SSLSocket) socket) {
                    tls.setSSLParameters(Tls.parameters());
                    assertThatThrownBy(tls::startHandshake).isInstanceOf(SSLException.class);
                }
            }
        }
    }
}
