package dev.heliograph.server.config;

import java.time.Duration;

/// Section `http_server`.
///
/// @param address empty for all
/// @param port    0 for a free one
/// @param tlsCert file with the certificate chain, PEM
/// @param tlsKey  file with the private key, PKCS#8 PEM
public record HttpServerConfig(
        String address, int port, boolean tls, String tlsCert, String tlsKey, Duration handshakeTimeout) {}
