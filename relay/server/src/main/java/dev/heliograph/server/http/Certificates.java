package dev.heliograph.server.http;

import dev.heliograph.server.config.ConfigChange;
import dev.heliograph.server.config.ConfigException;
import dev.heliograph.server.config.Effect;
import dev.heliograph.server.config.Reloader;
import dev.heliograph.server.config.ServerCertificate;
import dev.heliograph.server.config.TlsSource;
import io.helidon.common.tls.Tls;
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
public final class Certificates implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Certificates.class.getName());

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<Tls> installer;

    /// Written under `lock`.
    private volatile ServerCertificate current;

    /// Guarded by `lock`.
    private TlsSource source;

    /// What was wrong when the files were looked at last; empty if nothing was. Guarded by `lock`.
    private String problem = "";

    /// The last that was told. Guarded by `lock`.
    private String told = "";

    private final Thread watch;

    /// @param first     in force already
    /// @param installer has new handshakes use what it is given
    public Certificates(TlsSource source, ServerCertificate first, Consumer<Tls> installer) {
        this.source = source;
        this.current = first;
        this.installer = installer;
        this.watch = Thread.ofVirtual().name("certificates").unstarted(this::watch);
    }

    /// Begins to look at the files.
    public void start() {
        watch.start();
    }

    /// When the certificate in force expires.
    public Instant expiry() {
        return current.expiry();
    }

    /// Makes ready for what a configuration names, with the files as they are now.
    ///
    /// @throws ConfigException with what is wrong with them; what is in force stays then
    public Reloader.Prepared prepare(TlsSource next) {
        ServerCertificate certificate = next.readInsteadOf(current);
        return new Reloader.Prepared() {
            @Override
            public List<ConfigChange> changes() {
                return Certificates.this.changes(next, certificate);
            }

            @Override
            public void commit() {
                install(next, certificate);
            }
        };
    }

    /// What a certificate changes that is read now.
    private List<ConfigChange> changes(TlsSource from, ServerCertificate next) {
        return next.equals(current)
                ? List.of()
                : List.of(new ConfigChange(from.section(), change(next), Effect.NEW_CONNECTIONS));
    }

    private String change(ServerCertificate next) {
        return next.chain().equals(current.chain()) && next.key().equals(current.key())
                ? "other authorities for certificates of clients"
                : "certificate until " + current.expiry() + " -> until " + next.expiry();
    }

    /// Has new handshakes use a certificate.
    private void install(TlsSource from, ServerCertificate next) {
        lock.lock();
        try {
            if (!next.equals(current)) {
                installer.accept(ServerTls.of(next));
                current = next;
                LOG.log(
                        Level.INFO,
                        () -> "new certificate for new connections of " + from.section() + ", valid until "
                                + next.expiry());
            }
            source = from;
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
            install(source, source.read());
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
