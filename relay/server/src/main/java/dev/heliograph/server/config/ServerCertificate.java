package dev.heliograph.server.config;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The certificate that a relay shows, with its key. Its text shows no key.
///
/// @param chain the relay's own first
/// @param key   that belongs to it
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {

    static final String CERT = "http_server.tls.cert_pem";
    static final String KEY = "http_server.tls.key_pem";

    /// How keys of each kind sign; of another kind it is not tried whether they belong together.
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /// Reads what a configuration holds, or the files that it names.
    ///
    /// @throws ConfigException with what is wrong; it repeats nothing of what was read
    public static ServerCertificate read(HttpServerConfig config) {
        List<String> problems = new ArrayList<>();
        return read(config.tlsCert(), config.tlsKey(), (key, reason) -> problems.add(key + ": " + reason))
                .orElseThrow(() -> new ConfigException(problems));
    }

    /// @param problems told of each problem's key and reason; there is one if there is no certificate
    static Optional<ServerCertificate> read(String cert, String key, BiConsumer<String, String> problems) {
        Optional<String> certPem = pem(CERT, cert, problems);
        Optional<String> keyPem = pem(KEY, key, problems);
        if (certPem.isEmpty()) {
            return Optional.empty();
        }
        List<X509Certificate> chain;
        try {
            chain = Pem.certificates(certPem.get());
        } catch (IllegalArgumentException e) {
            problems.accept(CERT, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        if (keyPem.isEmpty()) {
            return Optional.empty();
        }
        X509Certificate own = chain.getFirst();
        try {
            PrivateKey privateKey =
                    Pem.privateKey(keyPem.get(), own.getPublicKey().getAlgorithm());
            if (!belongTogether(own, privateKey)) {
                problems.accept(KEY, "is not the key of the certificate in " + CERT);
                return Optional.empty();
            }
            return Optional.of(new ServerCertificate(chain, privateKey));
        } catch (IllegalArgumentException e) {
            problems.accept(KEY, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<String> pem(String key, String textOrPath, BiConsumer<String, String> problems) {
        if (textOrPath.isEmpty()) {
            problems.accept(key, "is needed for http_server.tls.enabled");
            return Optional.empty();
        }
        return PemSource.read(textOrPath, reason -> problems.accept(key, reason));
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        String algorithm = SIGNATURES.get(certificate.getPublicKey().getAlgorithm());
        if (algorithm == null) {
            return true;
        }
        byte[] text = {1};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /// When clients will no longer accept it: when the first of the chain expires.
    public Instant expiry() {
        return chain.stream()
                .map(each -> each.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    @Override
    public String toString() {
        return "ServerCertificate[until " + expiry() + "]";
    }
}
