package dev.heliograph.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.config.TlsSource;
import dev.heliograph.testkit.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of a certificate, as they are watched.
class CertificatesTest {

    @TempDir
    private Path folder = Path.of("");

    private Path cert = Path.of("");
    private Path key = Path.of("");

    private void install(Path certificate, Path privateKey) throws IOException {
        Files.copy(certificate, cert, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(privateKey, key, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void filesAreWatchedAndWhatIsWrongIsToldOnce() throws Exception {
        Certificate old = Certificate.selfSigned(Files.createDirectory(folder.resolve("old")));
        Certificate fresh = Certificate.selfSigned(Files.createDirectory(folder.resolve("fresh")));
        cert = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        install(old.certificate(), old.key());
        TlsSource source = new TlsSource("admin.tls", cert.toString(), key.toString(), "");
        List<Object> installed = new ArrayList<>();
        List<String> log = new ArrayList<>();
        Logger logger = Logger.getLogger(Certificates.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel() == Level.SEVERE) {
                    log.add(entry.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try (Certificates certificates = new Certificates(source, source.read(), installed::add)) {
            certificates.look();
            assertThat(installed).isEmpty();

            // Half written: the certificate is there, its key not yet.
            install(fresh.certificate(), old.key());
            certificates.look();
            assertThat(log).isEmpty();
            certificates.look();
            certificates.look();
            assertThat(log).singleElement().asString().contains("admin.tls.key_pem: is not the key of the certificate");
            assertThat(installed).isEmpty();

            install(fresh.certificate(), fresh.key());
            certificates.look();
            certificates.look();
            assertThat(installed).hasSize(1);
            assertThat(certificates.expiry()).isEqualTo(source.read().expiry());

            Files.delete(cert);
            certificates.look();
            certificates.look();
            assertThat(log).hasSize(2);
            assertThat(installed).hasSize(1);
        } finally {
            logger.removeHandler(handler);
        }
    }
}
