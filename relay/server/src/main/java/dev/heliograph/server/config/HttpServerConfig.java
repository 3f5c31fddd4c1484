package dev.heliograph.server.config;

import java.time.Duration;
import java.util.Optional;

/// Section `http_server`.
///
/// @param address empty for all
/// @param port    0 for a free one
/// @param tlsCert the certificate chain: PEM, or the path of a file ([#isPem])
/// @param tlsKey  the private key: PKCS#8 PEM, or the path of a file
public record HttpServerConfig(
        String address, int port, boolean tls, String tlsCert, String tlsKey, Duration handshakeTimeout) {

    private static final String CERT = "http_server.tls.cert_pem";
    private static final String KEY = "http_server.tls.key_pem";

    /// Whether a text is PEM, not the path of a file with it.
    public static boolean isPem(String text) {
        return text.contains("-----BEGIN");
    }

    static HttpServerConfig from(Values v) {
        HttpServerConfig config = new HttpServerConfig(
                v.string("http_server.address"),
                v.integer("http_server.port"),
                v.bool("http_server.tls.enabled"),
                v.string(CERT),
                v.string(KEY),
                v.duration("http_server.handshake_timeout"));
        if (config.tls) {
            config.checkTls(v);
        }
        return config;
    }

    private void checkTls(Values v) {
        Optional<String> cert = pem(v, CERT, tlsCert);
        Optional<String> key = pem(v, KEY, tlsKey);
        String algorithm;
        try {
            if (cert.isEmpty()) {
                return;
            }
            algorithm = Pem.certificates(cert.get()).getFirst().getPublicKey().getAlgorithm();
        } catch (IllegalArgumentException e) {
            v.problem(CERT, String.valueOf(e.getMessage()));
            return;
        }
        try {
            key.ifPresent(text -> Pem.privateKey(text, algorithm));
        } catch (IllegalArgumentException e) {
            v.problem(KEY, String.valueOf(e.getMessage()));
        }
    }

    /// The PEM that a key holds or whose file it names.
    private static Optional<String> pem(Values v, String key, String text) {
        if (text.isEmpty()) {
            v.problem(key, "is needed for http_server.tls.enabled");
            return Optional.empty();
        }
        return PemSource.read(v, key, text);
    }

    /// The key never shows up in a log.
    @Override
    public String toString() {
        return "HttpServerConfig[address=%s, port=%d, tls=%s, handshakeTimeout=%s]"
                .formatted(address, port, tls, handshakeTimeout);
    }
}
