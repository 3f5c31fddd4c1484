package dev.heliograph.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What lets users connect.
@FunctionalInterface
interface Tokens {

    /// A token for this user.
    String of(String user);

    /// One token that was made elsewhere, for all.
    static Tokens always(String token) {
        return user -> token;
    }

    /// What a team's back end does: a JSON Web Token for each user, good for an hour (HS256).
    static Tokens signedWith(String secret) {
        return user -> {
            String claims = """
                    {"sub":"%s","exp":%d}""".formatted(user, Instant.now().getEpochSecond() + 3600);
            String signed = part("""
                    {"alg":"HS256","typ":"JWT"}""".getBytes(UTF_8)) + "." + part(claims.getBytes(UTF_8));
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
                return signed + "." + part(mac.doFinal(signed.getBytes(UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java runtime has HmacSHA256", e);
            }
        };
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
