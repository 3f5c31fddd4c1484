package dev.heliograph.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tokens of clients and operators, for relays whose configuration has the same secret or the line of the
/// operator.
public final class Tokens {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Tokens() {}

    /// A client's token (JWT, HS256).
    ///
    /// @param secret `client.token.hmac_secret_key` of the relay
    /// @param user letters, digits and what needs no escape in JSON
    public static String client(String secret, String user, Duration validFor) {
        return jwt(
                secret,
                "{\"sub\":\"%s\",\"exp\":%d}"
                        .formatted(user, Instant.now().plus(validFor).getEpochSecond()));
    }

    /// An operator's token of an identity provider (JWT, HS256).
    ///
    /// @param secret `admin.jwt.hmac_secret_key` of the relay
    /// @param validFor negative for one that has expired
    public static String operator(String secret, String name, String role, Duration validFor) {
        return jwt(
                secret,
                "{\"sub\":\"%s\",\"role\":\"%s\",\"exp\":%d}"
                        .formatted(name, role, Instant.now().plus(validFor).getEpochSecond()));
    }

    /// A line of `admin.tokens`.
    ///
    /// @param token any text that nobody guesses
    public static String operatorLine(String name, String role, String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
            return name + ":" + role + ":sha256:" + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String jwt(String secret, String claims) {
        String signed =
                encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "." + encode(claims.getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return signed + "." + encode(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
