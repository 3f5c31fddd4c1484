package dev.heliograph.server.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.time.Clock;

/// Makes tokens signed with an HMAC secret: for the command line, tests and back ends in Java. Threadsafe.
///
/// ```java
/// TokenIssuer issuer = TokenIssuer.hs256("secret", Clock.systemUTC());
/// String token = issuer.connection("42").expiresIn(Duration.ofMinutes(10)).info("{\"name\":\"Ann\"}").sign();
/// ```
public final class TokenIssuer {

    private final HmacKey key;
    private final JWSAlgorithm algorithm;
    private final Clock clock;

    private TokenIssuer(String secret, JWSAlgorithm algorithm, Clock clock) {
        this.key = new HmacKey(secret);
        this.algorithm = algorithm;
        this.clock = clock;
    }

    public static TokenIssuer hs256(String secret, Clock clock) {
        return new TokenIssuer(secret, JWSAlgorithm.HS256, clock);
    }

    public static TokenIssuer hs384(String secret, Clock clock) {
        return new TokenIssuer(secret, JWSAlgorithm.HS384, clock);
    }

    public static TokenIssuer hs512(String secret, Clock clock) {
        return new TokenIssuer(secret, JWSAlgorithm.HS512, clock);
    }

    /// Begins a connection token; an empty user is anonymous.
    public TokenDraft connection(String user) {
        return new TokenDraft(this::sign, clock).user(user);
    }

    /// Begins a subscription token.
    public TokenDraft subscription(String user, String channel) {
        return new TokenDraft(this::sign, clock).user(user).claim("channel", channel);
    }

    private String sign(String claims) {
        JWSHeader header =
                new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).build();
        String input = header.toBase64URL() + "." + Base64URL.encode(claims);
        return input + "." + Base64URL.encode(key.sign(algorithm, input.getBytes(US_ASCII)));
    }
}
