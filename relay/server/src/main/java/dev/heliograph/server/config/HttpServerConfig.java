package dev.heliograph.server.config;

import dev.heliograph.server.ip.IpPrefix;
import java.time.Duration;
import java.util.List;

/// Section `http_server`.
///
/// @param address empty for all
/// @param port    0 for a free one
/// @param tlsCert the certificate chain: PEM, or the path of a file ([#isPem])
/// @param tlsKey  the private key: PKCS#8 PEM, or the path of a file
/// @param trustedProxies  addresses and networks of whoever may say for whom a connection is there
/// @param forwardedHeader where they say it
/// @param proxyProtocol   whether every connection begins with a PROXY header
public record HttpServerConfig(
        String address,
        int port,
        boolean tls,
        String tlsCert,
        String tlsKey,
        Duration handshakeTimeout,
        List<String> trustedProxies,
        ForwardedHeader forwardedHeader,
        boolean proxyProtocol) {

    /// In which header of a request trusted proxies say for whom it is there. One, not whichever is there: a
    /// proxy that writes one of them passes on what a client wrote into the other.
    public enum ForwardedHeader {
        X_FORWARDED_FOR,
        FORWARDED,
        NONE
    }

    private static final String TLS = "http_server.tls";

    private static final String TRUSTED = "http_server.trusted_proxies";

    /// Whether a text is PEM, not the path of a file with it.
    public static boolean isPem(String text) {
        return text.contains("-----BEGIN");
    }

    /// Where its certificate is, if it has TLS.
    public TlsSource tlsSource() {
        return new TlsSource(TLS, tlsCert, tlsKey, "");
    }

    static HttpServerConfig from(Values v) {
        HttpServerConfig config = new HttpServerConfig(
                v.string("http_server.address"),
                v.integer("http_server.port"),
                v.bool("http_server.tls.enabled"),
                v.string(TLS + ".cert_pem"),
                v.string(TLS + ".key_pem"),
                v.duration("http_server.handshake_timeout"),
                List.copyOf(v.list(TRUSTED)),
                switch (v.string("http_server.forwarded_header")) {
                    case "forwarded" -> ForwardedHeader.FORWARDED;
                    case "none" -> ForwardedHeader.NONE;
                    default -> ForwardedHeader.X_FORWARDED_FOR;
                },
                v.string("http_server.proxy_protocol").equals("required"));
        for (String network : config.trustedProxies) {
            if (IpPrefix.find(network).isEmpty()) {
                v.problem(TRUSTED, "'" + network + "' is neither an address nor a network such as 10.0.0.0/8");
            }
        }
        if (config.proxyProtocol && config.trustedProxies.isEmpty()) {
            v.problem(TRUSTED, "is needed for http_server.proxy_protocol: who else would be let in?");
        }
        if (config.tls) {
            config.tlsSource().check(v::problem);
        }
        return config;
    }

    /// The key never shows up in a log.
    @Override
    public String toString() {
        return "HttpServerConfig[address=%s, port=%d, tls=%s, handshakeTimeout=%s, trustedProxies=%s, %s, proxyProtocol=%s]"
                .formatted(address, port, tls, handshakeTimeout, trustedProxies, forwardedHeader, proxyProtocol);
    }
}
