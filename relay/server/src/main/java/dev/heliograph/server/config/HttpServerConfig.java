package dev.heliograph.server.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/// Section `http_server`.
///
/// @param address empty for all
/// @param port    0 for a free one
/// @param tlsCert the certificate chain: PEM, or the path of a file ([#isPem])
/// @param tlsKey  the private key: PKCS#8 PEM, or the path of a file
public record HttpServerConfig(
        String address, int port, boolean tls, String tlsCert, String tlsKey, Duration handshakeTimeout) {

    /// Whether a text is PEM, not the path of a file with it.
    public static boolean isPem(String text) {
        return text.contains("-----BEGIN");
    }

    static HttpServerConfig from(Values v) {
        HttpServerConfig config = new HttpServerConfig(
                v.string("http_server.address"),
                v.integer("http_server.port"),
                v.bool("http_server.tls.enabled"),
                v.string("http_server.tls.cert_pem"),
                v.string("http_server.tls.key_pem"),
                v.duration("http_server.handshake_timeout"));
        if (config.tls) {
            require(v, "http_server.tls.cert_pem", config.tlsCert);
            require(v, "http_server.tls.key_pem", config.tlsKey);
        }
        return config;
    }

    private static void require(Values v, String key, String text) {
        if (text.isEmpty()) {
            v.problem(key, "is needed for http_server.tls.enabled");
        } else if (!isPem(text) && !isReadable(text)) {
            // The text is not shown: it may be a key that lost its first line.
            v.problem(key, "is neither PEM nor the path of a readable file");
        }
    }

    private static boolean isReadable(String path) {
        try {
            return Files.isReadable(Path.of(path)) && Files.isRegularFile(Path.of(path));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    /// The key never shows up in a log.
    @Override
    public String toString() {
        return "HttpServerConfig[address=%s, port=%d, tls=%s, handshakeTimeout=%s]"
                .formatted(address, port, tls, handshakeTimeout);
    }
}
