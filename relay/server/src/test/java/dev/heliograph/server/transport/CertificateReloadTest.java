package dev.heliograph.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.server.config.ConfigException;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.config.Reloader;
import dev.heliograph.server.config.TlsSource;
import dev.heliograph.testkit.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A certificate is replaced while connections are open.
class CertificateReloadTest {

    @TempDir
    private Path folder = Path.of("");

    private Certificate old;
    private Certificate fresh;
    private Path cert;
    private Path key;
    private RelayConfig config;
    private TransportUnderTest relay;

    @BeforeEach
    void start() throws Exception {
        old = Certificate.selfSigned(Files.createDirectory(folder.resolve("old")));
        fresh = Certificate.selfSigned(Files.createDirectory(folder.resolve("fresh")));
        cert = Files.copy(old.certificate(), folder.resolve("cert.pem"));
        key = Files.copy(old.key(), folder.resolve("key.pem"));
        config = RelayConfig.parse("""
                http_server:
                  address: 127.0.0.1
                  port: 0
                  tls: {enabled: true, cert_pem: %s, key_pem: %s}
                shutdown: {timeout: 0s}
                """.formatted(cert, key));
        relay = new TransportUnderTest(config);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private void install(Path certificate, Path privateKey) throws IOException {
        Files.copy(certificate, cert, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(privateKey, key, StandardCopyOption.REPLACE_EXISTING);
    }

    private RawClient connected(Certificate trusted) throws Exception {
        RawClient client = new RawClient(relay.port());
        assertThat(client.secure(trusted.trusting()).getSession().getPeerCertificates())
                .containsExactly(x509(trusted));
        client.write(RawClient.handshake());
        assertThat(client.head()).startsWith("HTTP/1.1 101");
        return client;
    }

    private static X509Certificate x509(Certificate certificate) {
        return new TlsSource(
                        "tls",
                        certificate.certificate().toString(),
                        certificate.key().toString(),
                        "")
                .read()
                .chain()
                .getFirst();
    }

    @Test
    void newHandshakesGetItAndOldConnectionsStay() throws Exception {
        assertThat(relay.transport.certificateExpiry())
                .contains(x509(old).getNotAfter().toInstant());
        try (RawClient before = connected(old)) {
            install(fresh.certificate(), fresh.key());
            Reloader.Prepared prepared = relay.transport.prepare(config);
            assertThat(prepared.changes()).singleElement().asString().startsWith("http_server.tls: certificate until ");
            assertThat(relay.transport.certificateExpiry())
                    .contains(x509(old).getNotAfter().toInstant());
            prepared.commit();
            assertThat(relay.transport.certificateExpiry())
                    .contains(x509(fresh).getNotAfter().toInstant());
            assertThat(relay.transport.prepare(config).changes()).isEmpty();

            try (RawClient after = connected(fresh)) {
                assertThatThrownBy(() -> connected(old)).isInstanceOf(SSLException.class);
                before.write(RawClient.frame("still here"));
                assertThat(relay.nextMessage()).isEqualTo("still here");
                after.write(RawClient.frame("here, too"));
                assertThat(relay.nextMessage()).isEqualTo("here, too");
            }
        }
    }

    @Test
    void aBrokenFileIsRefusedAndTheOldCertificateStays() throws Exception {
        install(fresh.certificate(), old.key());
        assertThatThrownBy(() -> relay.transport.prepare(config))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .containsExactly("http_server.tls.key_pem: is not the key of the certificate in"
                                        + " http_server.tls.cert_pem"));
        Files.writeString(cert, "nothing of the kind");
        assertThatThrownBy(() -> relay.transport.prepare(config))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .containsExactly("http_server.tls.cert_pem: PEM holds no certificate"));
        Files.delete(key);
        assertThatThrownBy(() -> relay.transport.prepare(config))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.problems()).hasSize(2));
        connected(old).close();
    }

    /// The JDK's own client can not be made to offer it any more, so the hello is written by hand.
    @Test
    void tls11IsRefused() throws Exception {
        String body = "0302" + "00".repeat(32) + "00" + "0004" + "C009C00A" + "0100";
        String hello = "01" + "%06X".formatted(body.length() / 2) + body;
        String record = "160301" + "%04X".formatted(hello.length() / 2) + hello;
        try (RawClient client = new RawClient(relay.port())) {
            client.write(HexFormat.of().parseHex(record));
            byte[] answer = client.rest().getBytes(ISO_8859_1);
            // A fatal alert: protocol_version (RFC 5246 section 7.2.2).
            assertThat(answer).startsWith(0x15).endsWith(2, 70);
        }
    }

    @Test
    void tls12And13AreServed() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            SSLContext context = old.trusting();
            try (RawClient client = new RawClient(relay.port(), version)) {
                assertThat(client.secure(context).getSession().getProtocol()).isEqualTo(version);
            }
        }
    }
}
