package dev.heliograph.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Opaque tokens: 256 random bits, of which only a hash is kept. With that much randomness one round of SHA-256 is as
/// good as a slow hash: there is nothing to guess.
public final class TokenHash {

    /// So that a leaked token is recognised for what it is.
    private static final String PREFIX = "hgo_";

    private static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenHash() {}

    /// A new token.
    public static String newToken() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// SHA-256, in 64 hexadecimal digits.
    public static String of(String token) {
        return HexFormat.of().formatHex(digest(token));
    }

    static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
