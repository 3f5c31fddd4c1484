package dev.heliograph.server.transport;

import dev.heliograph.server.config.ConfigChange;
import dev.heliograph.server.config.ConfigException;
import dev.heliograph.server.config.Effect;
import dev.heliograph.server.config.HttpServerConfig;
import dev.heliograph.server.config.ServerCertificate;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsConfig;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The certificate in force. A new one is for new handshakes; connections that are there keep theirs.
///
/// The files are looked at every ten seconds: whoever renews certificates need not tell the relay. One that is broken,
/// or whose key is not there yet, changes nothing and is told once; that it was half written is not told.
final class Certificates implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Certificates.class.getName());

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<Tls> installer;

    /// Written under `lock`.
    private volatile ServerCertificate current;

    /// Guarded by `lock`.
    private HttpServerConfig config;

    /// What was wrong when the files were looked at last; empty if nothing was. Guarded by `lock`.
    private String problem = "";

    /// The last that was told. Guarded by `lock`.
    private String told = "";

    private final Thread watch;

    /// @param first     in force already
    /// @param installer has new handshakes use what it is given
    Certificates(HttpServerConfig config, ServerCertificate first, Consumer<Tls> installer) {
        this.config = config;
        this.current = first;
        this.installer = installer;
        this.watch = Thread.ofVirtual().name("certificates").unstarted(this::watch);
    }

    /// Begins to look at the files.
    void start() {
        watch.start();
    }

    /// TLS 1.2 and later with a certificate.
    static Tls tls(ServerCertificate certificate) {
        return Tls.create(TlsConfig.builder()
                .privateKey(certificate.key())
                .privateKeyCertChain(certificate.chain())
                .addEnabledProtocol("TLSv1.3")
                .addEnabledProtocol("TLSv1.2")
                .buildPrototype());
    }

    /// When the certificate in force expires.
    Instant expiry() {
        return current.expiry();
    }

    /// What a certificate changes that is read now.
    List<ConfigChange> changes(ServerCertificate next) {
        return next.equals(current)
                ? List.of()
                : List.of(new ConfigChange(
                        "http_server.tls",
                        "certificate until " + current.expiry() + " -> until " + next.expiry(),
                        Effect.NEW_CONNECTIONS));
    }

    /// Has new handshakes use a certificate.
    void install(HttpServerConfig from, ServerCertificate next) {
        lock.lock();
        try {
            if (!next.equals(current)) {
                installer.accept(tls(next));
                current = next;
                LOG.log(Level.INFO, () -> "new certificate for new connections, valid until " + next.expiry());
            }
            config = from;
            problem = "";
            told = "";
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                look();
            }
        } catch (InterruptedException _) {
            // The node ends.
        }
    }

    /// Looks at the files.
    void look() {
        lock.lock();
        try {
            install(config, ServerCertificate.read(config));
        } catch (ConfigException e) {
            complain(String.join("; ", e.problems()));
        } catch (RuntimeException e) {
            complain(e.toString());
        } finally {
            lock.unlock();
        }
    }

    /// Only when it is as bad the second time: certificate and key are two files, written one after the other.
    private void complain(String now) {
        if (now.equals(problem) && !now.equals(told)) {
            told = now;
            LOG.log(Level.ERROR, () -> "the certificate stays as it is, until " + current.expiry() + ": " + now);
        }
        problem = now;
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
