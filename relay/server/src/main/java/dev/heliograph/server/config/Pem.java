package dev.heliograph.server.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Keys and certificates in PEM (RFC 7468). No message repeats the text, which may be secret.
public final class Pem {

    /// RFC 7518, section 3.3: RSA keys that sign tokens must have at least so many bits.
    public static final int MIN_RSA_BITS = 2048;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private Pem() {}

    /// A public key: a SubjectPublicKeyInfo or a certificate, whose validity is not looked at.
    ///
    /// @param algorithm "RSA" or "EC"
    /// @param type      what a key of it is
    /// @throws IllegalArgumentException if the text is no such key
    public static <K extends PublicKey> K publicKey(String text, String algorithm, Class<K> type) {
        MatchResult block =
                blocks(text).findFirst().orElseThrow(() -> new IllegalArgumentException("not a PEM public key"));
        try {
            PublicKey key = switch (block.group(1)) {
                case "PUBLIC KEY" ->
                    KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der(block)));
                case "CERTIFICATE" -> certificate(block).getPublicKey();
                default -> throw new IllegalArgumentException("PEM holds a " + block.group(1));
            };
            return type.cast(key);
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new IllegalArgumentException("PEM holds no " + algorithm + " public key", e);
        }
    }

    /// A chain of certificates, that of the server first.
    ///
    /// @throws IllegalArgumentException if the text holds none, or one that is malformed
    public static List<X509Certificate> certificates(String text) {
        List<X509Certificate> chain = blocks(text)
                .filter(block -> block.group(1).equals("CERTIFICATE"))
                .map(Pem::certificate)
                .toList();
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("PEM holds no certificate");
        }
        return chain;
    }

    /// The private key that belongs to a certificate.
    ///
    /// @param algorithm of the certificate's key
    /// @throws IllegalArgumentException if the text holds no such key
    static PrivateKey privateKey(String text, String algorithm) {
        MatchResult block = blocks(text)
                .filter(each -> each.group(1).equals("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "PEM holds no private key in PKCS#8 (-----BEGIN PRIVATE KEY-----)"));
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der(block)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "PEM holds no " + algorithm + " private key, as the certificate needs it", e);
        }
    }

    private static Stream<MatchResult> blocks(String text) {
        return BLOCK.matcher(unfolded(text)).results();
    }

    /// A secret store or an environment variable often holds the PEM in one line with `\n` written out.
    public static String unfolded(String text) {
        return text.replace("\\n", "\n");
    }

    private static byte[] der(MatchResult block) {
        return Base64.getMimeDecoder().decode(block.group(2).getBytes(US_ASCII));
    }

    private static X509Certificate certificate(MatchResult block) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der(block)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("PEM holds a malformed certificate", e);
        }
    }
}
