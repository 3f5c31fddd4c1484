package dev.heliograph.console.api;

import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.text.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Certificates of servers: which are trusted, and what one looks like to an operator.
public final class Certificates {

    private static final int HTTPS = 443;

    /// A certificate that a server shows, for the operator to compare.
    ///
    /// @param address     `host:port`
    /// @param fingerprint SHA-256, in capitals with colons, as `openssl x509 -fingerprint -sha256` writes it
    public record Shown(String address, String fingerprint, String subject, String issuer, Instant until) {}

    private Certificates() {}

    /// `host:port` of an address, with the port that it has if it does not say one.
    public static String place(URI address) {
        return address.getHost() + ":" + (address.getPort() < 0 ? HTTPS : address.getPort());
    }

    /// SHA-256 in capitals with colons.
    public static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    /// Asks a server for its certificate. Sends nothing else, the token least of all, and believes nobody.
    /// Blocks.
    ///
    /// @throws AdminException UNREACHABLE if it does not show one
    public static Shown ask(URI address, Duration timeout) {
        AtomicReference<X509Certificate> leaf = new AtomicReference<>();
        int millis = Math.toIntExact(timeout.toMillis());
        int port = address.getPort() < 0 ? HTTPS : address.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address.getHost(), port), millis);
            plain.setSoTimeout(millis);
            SSLContext context = context(new PinTrustManager((chain, _) -> leaf.set(chain)));
            try (Socket tls = context.getSocketFactory().createSocket(plain, address.getHost(), port, true)) {
                ((SSLSocket) tls).startHandshake();
            }
            return shown(address, leaf.get());
        } catch (IOException e) {
            X509Certificate shown = leaf.get();
            if (shown != null) {
                // A server that wants a certificate of ours has shown its own before it refuses.
                return shown(address, shown);
            }
            throw new AdminException(
                    Kind.UNREACHABLE, Messages.text("link.certificate.none", place(address), Reasons.of(e)), e);
        }
    }

    private static Shown shown(URI address, X509Certificate certificate) {
        try {
            return new Shown(
                    place(address),
                    fingerprint(certificate),
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    certificate.getNotAfter().toInstant());
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }

    /// A context that trusts accordingly at this address.
    ///
    /// @throws AdminException UNREACHABLE if the file of the authorities cannot be used
    static SSLContext context(Trust trust, URI address) {
        return switch (trust) {
            case Trust.Known _ -> context();
            case Trust.Authority(Path pem) -> authority(pem);
            case Trust.Pinned pinned -> pinned(pinned, place(address));
        };
    }

    private static SSLContext pinned(Trust.Pinned pinned, String place) {
        return context(new PinTrustManager((_, fingerprint) -> {
            if (!pinned.fingerprints().containsValue(fingerprint)) {
                throw new UntrustedCertificateException(pinned.fingerprints().containsKey(place), fingerprint);
            }
        }));
    }

    private static SSLContext authority(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, each);
            }
            if (number == 0) {
                throw new CertificateException(Messages.text("link.authority.empty"));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return context(factory.getTrustManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new AdminException(Kind.UNREACHABLE, Messages.text("link.authority.file", pem, reason(e)), e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? Messages.text("link.authority.missing")
                : String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static SSLContext context(TrustManager... managers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.length == 0 ? null : managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no TLS", e);
        }
    }
}
