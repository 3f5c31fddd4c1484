package dev.heliograph.server.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Public keys in PEM: a SubjectPublicKeyInfo or a certificate, whose validity is not looked at.
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private Pem() {}

    /// @param algorithm "RSA" or "EC"
    /// @param type      what a key of it is
    /// @throws IllegalArgumentException if the text is no such key; the message does not repeat it
    static <K extends PublicKey> K publicKey(String text, String algorithm, Class<K> type) {
        // A secret store or an environment variable often holds the PEM in one line with \n written out.
        Matcher matcher = BLOCK.matcher(text.replace("\\n", "\n"));
        if (!matcher.find()) {
            throw new IllegalArgumentException("not a PEM public key");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(2).getBytes(US_ASCII));
            PublicKey key = switch (matcher.group(1)) {
                case "PUBLIC KEY" -> KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
                case "CERTIFICATE" ->
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey();
                default -> throw new IllegalArgumentException("PEM holds a " + matcher.group(1));
            };
            return type.cast(key);
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new IllegalArgumentException("PEM holds no " + algorithm + " public key", e);
        }
    }
}
