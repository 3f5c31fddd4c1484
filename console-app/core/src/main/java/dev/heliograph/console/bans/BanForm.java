package dev.heliograph.console.bans;

import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.IpRuleKind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What an operator has written to put a rule down, good or not.
///
/// @param kind   what rule
/// @param whom   an address, a network, a user or a `jti`, as the kind says
/// @param before with [Kind#TOKENS]: the time of issue from which on tokens are good, in UTC; empty for now
/// @param expiry as [Expiry] reads it
/// @param reason may be empty
public record BanForm(Kind kind, String whom, String before, String expiry, String reason) {

    /// What rule.
    public enum Kind {
        BAN,
        DENY,
        ALLOW,
        USER,
        TOKEN,
        TOKENS;

        /// Whether it is for an address or a network.
        public boolean isForAddresses() {
            return this == BAN || this == DENY || this == ALLOW;
        }

        /// For people.
        public String title() {
            return Messages.text("bans.form." + name().toLowerCase(Locale.ROOT));
        }
    }

    /// What can be wrong.
    public enum Field {
        WHOM,
        BEFORE,
        EXPIRY,
        REASON
    }

    /// The longest reason that the API takes.
    private static final int MAX_REASON = 500;

    /// An empty form, with the expiry that does least harm if it is forgotten.
    public static BanForm empty(Kind kind) {
        return new BanForm(kind, "", "", Expiry.HOUR.text(), "");
    }

    /// A rule that is there, to be changed.
    public static BanForm of(BanWish rule) {
        String expiry = rule.expiresAt().map(Instant::toString).orElse(Expiry.NEVER.text());
        return switch (rule.target()) {
            case BanWish.Network(var cidr, var kind) ->
                new BanForm(Kind.valueOf(kind.name()), cidr, "", expiry, rule.reason());
            case BanWish.User(var user) -> new BanForm(Kind.USER, user, "", expiry, rule.reason());
            case BanWish.Token(var jti) -> new BanForm(Kind.TOKEN, jti, "", expiry, rule.reason());
            case BanWish.TokensOf(var user, var before) ->
                new BanForm(Kind.TOKENS, user, before.toString(), expiry, rule.reason());
        };
    }

    /// What is wrong with it, a sentence a field; empty if it is good.
    public Map<Field, String> problems(Instant now) {
        Map<Field, String> problems = new EnumMap<>(Field.class);
        check(problems, Field.WHOM, () -> target(now));
        check(problems, Field.EXPIRY, () -> Expiry.parse(expiry, now));
        if (kind == Kind.TOKENS) {
            check(problems, Field.BEFORE, () -> issuedBefore(now));
        }
        if (reason.length() > MAX_REASON) {
            problems.put(Field.REASON, Messages.text("common.reason.long", MAX_REASON));
        }
        return problems;
    }

    private static void check(Map<Field, String> problems, Field field, Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            problems.put(field, String.valueOf(e.getMessage()));
        }
    }

    /// What it asks for, if nothing is wrong with it.
    public Optional<BanWish> wish(Instant now) {
        return problems(now).isEmpty()
                ? Optional.of(new BanWish(target(now), Expiry.parse(expiry, now), reason.strip()))
                : Optional.empty();
    }

    private BanWish.Target target(Instant now) {
        return switch (kind) {
            case BAN, DENY, ALLOW -> new BanWish.Network(Cidr.parse(whom).toString(), IpRuleKind.valueOf(kind.name()));
            case USER -> new BanWish.User(some("bans.user.empty"));
            case TOKEN -> new BanWish.Token(some("bans.token.empty"));
            case TOKENS -> new BanWish.TokensOf(some("bans.user.empty"), before.isBlank() ? now : lenient(now));
        };
    }

    /// A time that is not good is told of its own field.
    private Instant lenient(Instant now) {
        try {
            return issuedBefore(now);
        } catch (IllegalArgumentException _) {
            return now;
        }
    }

    private Instant issuedBefore(Instant now) {
        return before.isBlank() ? now : Expiry.time(before.strip());
    }

    private String some(String problem) {
        if (whom.isBlank()) {
            throw new IllegalArgumentException(Messages.text(problem));
        }
        return whom.strip();
    }
}
