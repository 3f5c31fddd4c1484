package dev.heliograph.server.config;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// Section `broker.redis.tls`.
///
/// @param serverCas    which servers are trusted; empty for those that Java trusts
/// @param certificates chain of this client, its own first; empty if it has none
/// @param key          that belongs to it
/// @param serverName   that certificates of servers must be good for; empty for the host of the address
public record RedisTlsConfig(
        boolean enabled,
        List<X509Certificate> serverCas,
        List<X509Certificate> certificates,
        Optional<PrivateKey> key,
        String serverName) {

    private static final String ENABLED = "broker.redis.tls.enabled";
    private static final String CA = "broker.redis.tls.server_ca_pem";
    private static final String CERT = "broker.redis.tls.cert_pem";
    private static final String KEY = "broker.redis.tls.key_pem";

    static RedisTlsConfig from(Values v) {
        boolean enabled = v.bool(ENABLED);
        String ca = v.string(CA);
        String cert = v.string(CERT);
        String key = v.string(KEY);
        String serverName = v.string("broker.redis.tls.server_name");
        if (!enabled) {
            return new RedisTlsConfig(false, List.of(), List.of(), Optional.empty(), serverName);
        }
        if (cert.isEmpty() != key.isEmpty()) {
            v.problem(cert.isEmpty() ? CERT : KEY, "is needed, as " + (cert.isEmpty() ? KEY : CERT) + " is set");
        }
        List<X509Certificate> chain = certificates(v, CERT, cert);
        return new RedisTlsConfig(true, certificates(v, CA, ca), chain, key(v, chain, key), serverName);
    }

    private static List<X509Certificate> certificates(Values v, String key, String textOrPath) {
        if (textOrPath.isEmpty()) {
            return List.of();
        }
        try {
            return PemSource.read(v, key, textOrPath).map(Pem::certificates).orElse(List.of());
        } catch (IllegalArgumentException e) {
            v.problem(key, String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private static Optional<PrivateKey> key(Values v, List<X509Certificate> chain, String textOrPath) {
        if (textOrPath.isEmpty() || chain.isEmpty()) {
            return Optional.empty();
        }
        String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
        try {
            return PemSource.read(v, KEY, textOrPath).map(text -> Pem.privateKey(text, algorithm));
        } catch (IllegalArgumentException e) {
            v.problem(KEY, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /// The key never shows up in a log.
    @Override
    public String toString() {
        return "RedisTlsConfig[enabled=%s, serverName=%s]".formatted(enabled, serverName);
    }
}
