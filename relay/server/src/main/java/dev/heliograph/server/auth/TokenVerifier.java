package dev.heliograph.server.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.server.config.TokenConfig;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Instruments;
import java.math.RoundingMode;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Verifies the tokens of connections and subscriptions (protocol B.1, B.2). Threadsafe.
///
/// Accepted tokens are remembered, so that a client who comes back costs a hash instead of a signature. The first use
/// of a token may block while keys are fetched: call it on a virtual thread.
///
/// The order of checks is that of trust: nothing a token says counts before its signature holds, and a token that can
/// never be accepted is INVALID even when it has also expired.
public final class TokenVerifier implements AutoCloseable {

    /// For connections and again for subscriptions: about 50,000 tokens of the usual size each.
    static final long CACHE_WEIGHT = 32L << 20;

    /// Asked one after the other, so that keys are fetched only for a token that those at hand do not verify.
    private final List<KeySource> sources;

    private final Clock clock;
    private final Requirements requirements;
    private final String userClaim;
    private final Counts<TokenException.Cause> refusedConnections;
    private final Counts<TokenException.Cause> refusedSubscriptions;
    private final Counts<PreviousKey> previousUses;
    private final TokenCache<Verified<ConnectionToken>> connections;
    private final TokenCache<Verified<SubscriptionToken>> subscriptions;

    /// With the keys that the configuration names.
    ///
    /// @throws IllegalArgumentException if a key or a pattern is malformed
    public TokenVerifier(TokenConfig config, Clock clock) {
        this(config, clock, Instruments.off());
    }

    /// Likewise, and tells what it refuses, and what it accepts for a previous secret.
    public TokenVerifier(TokenConfig config, Clock clock, Instruments instruments) {
        this(config, clock, sources(config, clock), CACHE_WEIGHT, instruments);
    }

    /// With keys from elsewhere; those of the configuration are not looked at.
    ///
    /// @throws IllegalArgumentException if a pattern is malformed
    public TokenVerifier(TokenConfig config, Clock clock, KeySource keys) {
        this(config, clock, List.of(keys), CACHE_WEIGHT);
    }

    TokenVerifier(TokenConfig config, Clock clock, List<KeySource> sources, long cacheWeight) {
        this(config, clock, sources, cacheWeight, Instruments.off());
    }

    private TokenVerifier(
            TokenConfig config, Clock clock, List<KeySource> sources, long cacheWeight, Instruments instruments) {
        this.refusedConnections = refusals(instruments, "connection");
        this.refusedSubscriptions = refusals(instruments, "subscription");
        this.previousUses = PreviousKey.uses(instruments);
        this.sources = List.copyOf(sources);
        this.clock = clock;
        this.requirements = new Requirements(config);
        this.userClaim = config.userIdClaim().isEmpty() ? "sub" : config.userIdClaim();
        this.connections = new TokenCache<>(cacheWeight, clock);
        this.subscriptions = new TokenCache<>(cacheWeight, clock);
    }

    private static List<KeySource> sources(TokenConfig config, Clock clock) {
        List<KeySource> sources = new ArrayList<>(List.of(StaticKeys.of(config), StaticKeys.previous(config)));
        if (!config.jwksPublicEndpoint().isEmpty()) {
            sources.add(new JwksKeys(JwksEndpoint.of(config.jwksPublicEndpoint()), clock));
        }
        return sources;
    }

    /// @throws TokenException if it is not accepted
    public ConnectionToken verifyConnection(String token) {
        return counted(refusedConnections, () -> verify(token, connections, this::connection, PreviousKey.CONNECTION));
    }

    /// @throws TokenException if it is not accepted
    public SubscriptionToken verifySubscription(String token) {
        return counted(
                refusedSubscriptions, () -> verify(token, subscriptions, this::subscription, PreviousKey.SUBSCRIPTION));
    }

    private static Counts<TokenException.Cause> refusals(Instruments instruments, String kind) {
        return instruments.counts(
                "heliograph_token_refusals",
                "Tokens that were not accepted.",
                "cause",
                TokenException.Cause.class,
                "kind",
                kind);
    }

    private static <T> T counted(Counts<TokenException.Cause> refusals, Supplier<T> verification) {
        try {
            return verification.get();
        } catch (TokenException e) {
            refusals.add(e.reason());
            throw e;
        }
    }

    /// Verifies a token of the operators' API. It has no cache: operators are few.
    ///
    /// @param roleClaim the claim that holds the role
    /// @throws TokenException if it is not accepted, or names no one or no role
    public OperatorToken verifyOperator(String token, String roleClaim) {
        return accepted(read(parse(token), claims -> operator(claims, roleClaim)), PreviousKey.OPERATOR);
    }

    /// Ends the fetching of keys, and forgets tokens.
    @Override
    public void close() {
        sources.forEach(KeySource::close);
        connections.clear();
        subscriptions.clear();
    }

    private <T> T verify(
            String text, TokenCache<Verified<T>> cache, Function<Claims, T> reading, PreviousKey ifPrevious) {
        Bytes fingerprint = TokenCache.fingerprint(text);
        Optional<Verified<T>> known = cache.find(fingerprint);
        if (known.isPresent()) {
            return accepted(known.get(), ifPrevious);
        }
        Verified<T> verified = read(parse(text), reading);
        cache.put(
                fingerprint,
                verified,
                verified.validity(),
                text.length(),
                verified.source().trust());
        return accepted(verified, ifPrevious);
    }

    /// A remembered token counts as well: who comes back with it has no new one.
    private <T> T accepted(Verified<T> verified, PreviousKey ifPrevious) {
        if (verified.source().previous()) {
            previousUses.add(ifPrevious);
        }
        return verified.token();
    }

    /// @param source of the key that verified it
    private record Verified<T>(T token, Validity validity, KeySource source) {}

    private <T> Verified<T> read(JWSObject signed, Function<Claims, T> reading) {
        KeySource source = requireSignature(signed);
        Claims claims = Claims.parse(signed.getPayload().toBytes());
        requirements.require(claims);
        T token = reading.apply(claims);
        Validity validity = Validity.of(claims);
        validity.require(Math.floorDiv(clock.millis(), 1_000));
        return new Verified<>(token, validity, source);
    }

    private static JWSObject parse(String text) {
        // Nimbus reads Base64 leniently and trims; a token has one spelling here.
        if (!isCompact(text)) {
            throw TokenException.invalid(TokenException.Cause.MALFORMED, "not a token");
        }
        try {
            return JWSObject.parse(text);
        } catch (ParseException | RuntimeException _) {
            // The message would quote the token.
            throw TokenException.invalid(TokenException.Cause.MALFORMED, "not a token");
        }
    }

    /// Three parts of Base64 for URLs (RFC 7515, section 7.1), none of them empty.
    private static boolean isCompact(String text) {
        int dots = 0;
        char previous = '.';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                dots++;
                if (previous == '.') {
                    return false;
                }
            } else if (!(c >= 'a' && c <= 'z')
                    && !(c >= 'A' && c <= 'Z')
                    && !(c >= '0' && c <= '9')
                    && c != '-'
                    && c != '_') {
                return false;
            }
            previous = c;
        }
        return dots == 2 && previous != '.';
    }

    /// @return where the key is from that verifies it
    private KeySource requireSignature(JWSObject signed) {
        JWSHeader header = signed.getHeader();
        // RFC 7515, section 4.1.11: an extension that is not understood must be refused, and none is understood.
        if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            throw TokenException.invalid(TokenException.Cause.MALFORMED, "the token uses an extension");
        }
        for (KeySource source : sources) {
            for (VerificationKey key : source.keys(header)) {
                if (key.fits(header.getAlgorithm()) && key.verifies(signed)) {
                    return source;
                }
            }
        }
        throw TokenException.invalid(TokenException.Cause.SIGNATURE, "no key verifies the token's signature");
    }

    private ConnectionToken connection(Claims claims) {
        if (!claims.text("channel").isEmpty()) {
            throw TokenException.invalid(
                    TokenException.Cause.WRONG_KIND, "a subscription token is not for connections");
        }
        return new ConnectionToken(
                claims.text(userClaim),
                expireAt(claims),
                claims.payload("info", "b64info"),
                claims.channels("channels"),
                claims.subscriptions("subs"),
                claims.json("meta"),
                claims.text("jti"),
                issuedAt(claims));
    }

    private SubscriptionToken subscription(Claims claims) {
        String channel = claims.text("channel");
        if (channel.isEmpty()) {
            throw TokenException.invalid(TokenException.Cause.WRONG_KIND, "a subscription token needs a channel");
        }
        return new SubscriptionToken(
                claims.text(userClaim),
                channel,
                claims.text("client"),
                expireAt(claims),
                claims.payload("info", "b64info"),
                claims.payload("data", "b64data"),
                claims.override("override"),
                claims.text("jti"),
                issuedAt(claims));
    }

    private OperatorToken operator(Claims claims, String roleClaim) {
        String name = claims.text(userClaim);
        String role = claims.text(roleClaim);
        if (name.isEmpty() || role.isEmpty()) {
            throw TokenException.invalid("the token names no operator or no role");
        }
        return new OperatorToken(name, role, claims.text("jti"));
    }

    private static long expireAt(Claims claims) {
        return claims.time("expire_at", RoundingMode.FLOOR)
                .orElseGet(() -> claims.time("exp", RoundingMode.FLOOR).orElse(0));
    }

    private static long issuedAt(Claims claims) {
        return claims.time("iat", RoundingMode.FLOOR).orElse(0);
    }
}
