package dev.heliograph.server.auth;

import dev.heliograph.server.config.TokenConfig;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What `aud` and `iss` must be, as far as it is configured. Patterns are searched for: whoever means the whole text
/// says so with anchors.
final class Requirements {

    private final Predicate<List<String>> audience;
    private final Predicate<String> issuer;

    /// @throws IllegalArgumentException if a pattern is malformed
    Requirements(TokenConfig config) {
        Predicate<String> audience = exactly(config.audience()).and(matching("audience_regex", config.audienceRegex()));
        boolean anyAudience =
                config.audience().isEmpty() && config.audienceRegex().isEmpty();
        this.audience = anyAudience ? _ -> true : values -> values.stream().anyMatch(audience);
        this.issuer = exactly(config.issuer()).and(matching("issuer_regex", config.issuerRegex()));
    }

    private static Predicate<String> exactly(String required) {
        return required.isEmpty() ? _ -> true : required::equals;
    }

    private static Predicate<String> matching(String option, String regex) {
        if (regex.isEmpty()) {
            return _ -> true;
        }
        try {
            return Pattern.compile(regex).asPredicate();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    void require(Claims claims) {
        if (!audience.test(claims.texts("aud", true))) {
            throw TokenException.invalid(TokenException.Cause.AUDIENCE, "the token is for another audience");
        }
        if (!issuer.test(claims.text("iss"))) {
            throw TokenException.invalid(TokenException.Cause.ISSUER, "the token is from another issuer");
        }
    }
}
