package dev.heliograph.server.config;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The certificate that a port shows, with its key, and whose certificates it asks clients for. Its text shows no key.
///
/// @param chain             the relay's own first
/// @param key               that belongs to it
/// @param clientAuthorities one of these must have signed the certificate of a client; empty to ask for none
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientAuthorities) {

    /// How keys of each kind sign; of another kind it is not tried whether they belong together.
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    public ServerCertificate {
        chain = List.copyOf(chain);
        clientAuthorities = List.copyOf(clientAuthorities);
    }

    /// @param problems told of each problem's key and reason; there is one if there is no certificate
    static Optional<ServerCertificate> read(TlsSource source, BiConsumer<String, String> problems) {
        Reading reading = new Reading(source.section(), problems);
        Optional<String> certPem = reading.needed(".cert_pem", source.cert());
        Optional<String> keyPem = reading.needed(".key_pem", source.key());
        Optional<List<X509Certificate>> clientCas = source.clientCa().isEmpty()
                ? Optional.of(List.of())
                : reading.pem(".client_ca_pem", source.clientCa())
                        .flatMap(pem -> reading.certificates(".client_ca_pem", pem));
        Optional<List<X509Certificate>> chain = certPem.flatMap(pem -> reading.certificates(".cert_pem", pem));
        if (chain.isEmpty() || keyPem.isEmpty() || clientCas.isEmpty()) {
            return Optional.empty();
        }
        return reading.key(keyPem.get(), chain.get().getFirst())
                .map(key -> new ServerCertificate(chain.get(), key, clientCas.get()));
    }

    /// Reads the settings of one section.
    private record Reading(String section, BiConsumer<String, String> problems) {

        Optional<String> needed(String name, String textOrPath) {
            if (textOrPath.isEmpty()) {
                problems.accept(section + name, "is needed for " + section + ".enabled");
                return Optional.empty();
            }
            return pem(name, textOrPath);
        }

        Optional<String> pem(String name, String textOrPath) {
            return PemSource.read(textOrPath, reason -> problems.accept(section + name, reason));
        }

        Optional<List<X509Certificate>> certificates(String name, String pem) {
            try {
                return Optional.of(Pem.certificates(pem));
            } catch (IllegalArgumentException e) {
                problems.accept(section + name, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        Optional<PrivateKey> key(String pem, X509Certificate own) {
            try {
                PrivateKey key = Pem.privateKey(pem, own.getPublicKey().getAlgorithm());
                if (belongTogether(own, key)) {
                    return Optional.of(key);
                }
                problems.accept(section + ".key_pem", "is not the key of the certificate in " + section + ".cert_pem");
            } catch (IllegalArgumentException e) {
                problems.accept(section + ".key_pem", String.valueOf(e.getMessage()));
            }
            return Optional.empty();
        }
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
