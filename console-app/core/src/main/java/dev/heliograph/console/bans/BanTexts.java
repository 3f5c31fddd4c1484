package dev.heliograph.console.bans;

import dev.heliograph.console.action.Proposal.Parameter;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.Hit;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.PreviewView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Rules, and what they did, in words.
public final class BanTexts {

    /// Of those who are hit, in a sentence.
    private static final int EXAMPLES = 3;

    private final Clock clock;

    public BanTexts(Clock clock) {
        this.clock = clock;
    }

    /// What a rule is put down with.
    List<Parameter> describe(BanWish wish) {
        List<Parameter> parameters = new ArrayList<>();
        switch (wish.target()) {
            case BanWish.Network(var cidr, var kind) -> {
                parameters.add(parameter("bans.parameter.network", cidr));
                parameters.add(parameter("bans.parameter.size", Cidr.parse(cidr).size()));
                parameters.add(parameter("bans.parameter.kind", kind(kind)));
            }
            case BanWish.User(var user) -> parameters.add(parameter("bans.parameter.user", user));
            case BanWish.Token(var jti) -> parameters.add(parameter("bans.parameter.token", jti));
            case BanWish.TokensOf(var user, var before) -> {
                parameters.add(parameter("bans.parameter.user", user));
                parameters.add(parameter("bans.parameter.before", Times.second(before)));
            }
        }
        parameters.add(parameter("bans.parameter.until", until(wish.expiresAt())));
        if (!wish.reason().isBlank()) {
            parameters.add(parameter("bans.parameter.reason", wish.reason()));
        }
        return parameters;
    }

    static Parameter parameter(String key, String value) {
        return new Parameter(Messages.text(key), value);
    }

    /// When a rule ends: `2026-11-29 17:20, in 59 min 7 s`.
    public String until(Optional<Instant> expiresAt) {
        return expiresAt
                .map(end -> Messages.text("bans.until", Times.minute(end), Times.until(end, clock.instant())))
                .orElseGet(() -> Messages.text("bans.never"));
    }

    /// A whole rule in a few words.
    String rule(BanWish rule) {
        return Messages.text("bans.rule", rule.target().title(), until(rule.expiresAt()));
    }

    /// What taking a rule away is called.
    static String lifting(BanWish.Target target) {
        return Messages.text("bans.lift." + word(target), GuardRules.id(target));
    }

    /// What was done, in the past.
    static String done(BanWish.Target target, long hit) {
        String whom = switch (target) {
            case BanWish.Network(var cidr, var _) -> cidr;
            case BanWish.User(var user) -> user;
            case BanWish.Token(var jti) -> jti;
            case BanWish.TokensOf(var user, var _) -> user;
        };
        return Messages.text("bans.done." + word(target), whom, count(hit));
    }

    private static String word(BanWish.Target target) {
        return switch (target) {
            case BanWish.Network(var _, var kind) -> kind.name().toLowerCase(Locale.ROOT);
            case BanWish.User _ -> "user";
            case BanWish.Token _ -> "token";
            case BanWish.TokensOf _ -> "tokens";
        };
    }

    /// The kind of a rule for addresses, for people.
    public static String kind(IpRuleKind kind) {
        return Messages.text("bans.kind." + kind.name().toLowerCase(Locale.ROOT));
    }

    /// `15,000`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// Some of those who are hit: `10.0.0.1 (user 42), 10.0.0.2`.
    public static String examples(PreviewView preview) {
        String some = preview.examples().stream()
                .limit(EXAMPLES)
                .map(BanTexts::example)
                .collect(Collectors.joining(", "));
        long others = Math.max(preview.hit(), preview.examples().size())
                - Math.min(EXAMPLES, preview.examples().size());
        return others > 0 ? Messages.text("bans.examples.more", some, count(others)) : some;
    }

    private static String example(Hit hit) {
        return hit.user().isEmpty() ? hit.ip() : Messages.text("bans.examples.user", hit.ip(), hit.user());
    }
}
