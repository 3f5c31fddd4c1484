package dev.heliograph.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.server.Relay;
import dev.heliograph.server.config.ConfigDiff;
import dev.heliograph.server.config.ConfigException;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The certificate of the operators' API is replaced while it runs.
class AdminCertificateTest {

    private static final String TOKEN = TokenHash.newToken();

    @TempDir
    private Path folder = Path.of("");

    private Certificate old;
    private Certificate fresh;
    private Path cert;
    private Path key;
    private RelayConfig config;
    private Relay relay;

    @BeforeEach
    void start() throws Exception {
        old = Certificate.selfSigned(Files.createDirectory(folder.resolve("old")));
        fresh = Certificate.selfSigned(Files.createDirectory(folder.resolve("fresh")));
        cert = Files.copy(old.certificate(), folder.resolve("cert.pem"));
        key = Files.copy(old.key(), folder.resolve("key.pem"));
        config = config("");
        relay = Relay.start(config);
    }

    private RelayConfig config(String more) {
        return RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                control: {directory: ''}
                admin:
                  enabled: true
                  port: 0
                  tokens: ['ann:viewer:sha256:%s']
                  tls: {enabled: true, cert_pem: %s, key_pem: %s%s}
                """.formatted(TokenHash.of(TOKEN), cert, key, more));
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private void install(Path certificate, Path privateKey) throws IOException {
        Files.copy(certificate, cert, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(privateKey, key, StandardCopyOption.REPLACE_EXISTING);
    }

    /// A connection whose handshake is done; the peer must have this certificate.
    private SSLSocket connected(Certificate trusted) throws IOException {
        Socket plain =
                new Socket(InetAddress.getLoopbackAddress(), relay.adminPort().orElseThrow());
        SSLSocket socket = (SSLSocket)
                trusted.trusting().getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
        socket.setSoTimeout(20_000);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /// The status of a request on a connection that stays open.
    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /v1/whoami HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(TOKEN)
                        .getBytes(UTF_8));
        StringBuilder answer = new StringBuilder();
        // The body is one JSON object without another in it.
        while (answer.indexOf("}") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the connection has ended: " + answer);
            }
            answer.append((char) next);
        }
        return answer.substring(0, answer.indexOf("\r\n"));
    }

    @Test
    void newHandshakesGetItAndOldConnectionsStay() throws Exception {
        try (SSLSocket before = connected(old)) {
            assertThat(ask(before)).isEqualTo("HTTP/1.1 200 OK");
            install(fresh.certificate(), fresh.key());
            ConfigDiff diff = relay.reload(config);
            assertThat(diff.toString())
                    .startsWith("admin.tls: certificate until ")
                    .endsWith("(new connections)");
            try (SSLSocket after = connected(fresh)) {
                assertThat(ask(after)).isEqualTo("HTTP/1.1 200 OK");
            }
            assertThatThrownBy(() -> connected(old)).isInstanceOf(SSLException.class);
            assertThat(ask(before)).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(relay.reload(config).isEmpty()).isTrue();
    }

    @Test
    void otherFilesAreTaken() throws Exception {
        Path first = cert;
        cert = fresh.certificate();
        key = fresh.key();
        assertThat(relay.reload(config("")).toString())
                .contains("admin.tls.cert_pem: " + first + " -> " + cert, "admin.tls.key_pem: changed");
        connected(fresh).close();
    }

    @Test
    void aBrokenFileIsRefusedAndTheOldCertificateStays() throws Exception {
        install(fresh.certificate(), old.key());
        assertThatThrownBy(() -> relay.reload(config))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .containsExactly("admin.tls.key_pem: is not the key of the certificate in"
                                        + " admin.tls.cert_pem"));
        Files.writeString(cert, "nothing of the kind");
        assertThatThrownBy(() -> relay.reload(config))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems()).containsExactly("admin.tls.cert_pem: PEM holds no certificate"));
        try (SSLSocket still = connected(old)) {
            assertThat(ask(still)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void whetherClientsNeedCertificatesDoesNotChange() throws Exception {
        assertThatThrownBy(() -> relay.reload(config(", client_ca_pem: " + fresh.certificate())))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .contains("admin.tls.client_ca_pem", "restart"));
        connected(old).close();
    }
}
