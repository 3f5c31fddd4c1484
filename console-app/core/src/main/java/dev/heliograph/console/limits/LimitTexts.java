package dev.heliograph.console.limits;

import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitOperation;
import dev.heliograph.console.wire.LimitScope;
import dev.heliograph.console.wire.LimitState;
import dev.heliograph.console.wire.LimitWish;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Limits in words.
public final class LimitTexts {

    private LimitTexts() {}

    public static String operation(LimitOperation operation) {
        return Messages.text("limits.operation." + word(operation));
    }

    public static String scope(LimitScope scope) {
        return Messages.text("limits.scope." + word(scope));
    }

    public static String mode(LimitMode mode) {
        return Messages.text("limits.mode." + word(mode));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// How much it admits: `5/s, burst 20`, or `2 at a time`.
    public static String amount(LimitState rule) {
        return amount(rule.operation(), rule.rate(), rule.burst(), rule.max());
    }

    /// How much it would admit.
    public static String amount(LimitWish wish) {
        return amount(
                wish.operation(),
                wish.rate() == null ? 0 : wish.rate(),
                wish.burst() == null ? 0 : wish.burst(),
                wish.max() == null ? 0 : wish.max());
    }

    private static String amount(LimitOperation operation, double rate, double burst, long max) {
        if (operation == LimitOperation.CONNECTIONS) {
            return Messages.text("limits.amount.max", String.format(Locale.ROOT, "%,d", max));
        }
        String unit = operation == LimitOperation.BYTES_IN ? "limits.amount.bytes" : "limits.amount.rate";
        String text = Messages.text(unit, number(rate));
        return burst == 0 ? text : Messages.text("limits.amount.burst", text, number(burst));
    }

    /// A number without a fraction that says nothing: `5`, `0.5`, `1,000`.
    public static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.2f", value).replaceFirst("0$", "");
    }

    /// Whom and what it is for: `each address in 10.0.0.0/8`.
    public static String whom(LimitState rule) {
        return whom(rule.scope(), rule.user(), rule.cidr(), rule.namespace(), rule.channel());
    }

    /// Whom and what it would be for.
    public static String whom(LimitWish wish) {
        return whom(wish.scope(), wish.user(), wish.cidr(), wish.namespace(), wish.channel());
    }

    private static String whom(
            LimitScope scope,
            @Nullable String user,
            @Nullable String cidr,
            @Nullable String namespace,
            @Nullable String channel) {
        String whom = with(scope(scope), "limits.whom.user", user);
        whom = with(whom, "limits.whom.cidr", cidr);
        whom = with(whom, "limits.whom.namespace", namespace);
        return with(whom, "limits.whom.channel", channel);
    }

    private static String with(String whom, String key, @Nullable String value) {
        return value == null ? whom : Messages.text(key, whom, value);
    }

    /// The whole of a limit in a few words.
    public static String rule(LimitWish wish) {
        return Messages.text(
                "limits.rule",
                operation(wish.operation()),
                amount(wish),
                whom(wish),
                mode(wish.mode() == null ? LimitMode.ENFORCE : wish.mode()));
    }

    public static String rule(LimitState rule) {
        return Messages.text("limits.rule", operation(rule.operation()), amount(rule), whom(rule), mode(rule.mode()));
    }
}
