package dev.heliograph.console.limits;

import dev.heliograph.console.bans.Cidr;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitOperation;
import dev.heliograph.console.wire.LimitRow;
import dev.heliograph.console.wire.LimitScope;
import dev.heliograph.console.wire.LimitState;
import dev.heliograph.console.wire.LimitWish;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an operator has written for a limit, good or not; empty texts are left out of the limit.
///
/// @param rate  tokens a second, bytes with [LimitOperation#BYTES_IN]; heeded without [LimitOperation#CONNECTIONS]
/// @param burst tokens of a full bucket; empty for a second's worth
/// @param max   connections at a time; heeded with [LimitOperation#CONNECTIONS]
/// @param order lower ones are asked first
public record LimitForm(
        String name,
        LimitOperation operation,
        LimitScope scope,
        String user,
        String cidr,
        String namespace,
        String channel,
        String rate,
        String burst,
        String max,
        LimitMode mode,
        String order) {

    /// What can be wrong.
    public enum Field {
        NAME,
        SCOPE,
        USER,
        CIDR,
        CHANNEL,
        RATE,
        BURST,
        MAX,
        ORDER
    }

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private static final double MAX_RATE = 1e9;

    /// A bucket that takes longer to fill would have to be remembered for longer.
    private static final double MAX_SECONDS_TO_FILL = 3_600;

    /// A new limit is tried out before it refuses anything.
    public static LimitForm empty() {
        return new LimitForm(
                "", LimitOperation.PUBLISH, LimitScope.CONNECTION, "", "", "", "", "", "", "", LimitMode.DRY_RUN, "0");
    }

    /// Whether this console understands all of a limit; it must not change what it does not.
    public static boolean knows(LimitState rule) {
        return rule.operation() != LimitOperation.UNKNOWN
                && rule.scope() != LimitScope.UNKNOWN
                && rule.mode() != LimitMode.UNKNOWN;
    }

    /// A limit that is there, to be changed.
    public static LimitForm of(LimitRow row) {
        LimitState rule = row.rule();
        boolean counts = rule.operation() == LimitOperation.CONNECTIONS;
        return new LimitForm(
                row.name(),
                rule.operation(),
                rule.scope(),
                text(rule.user()),
                text(rule.cidr()),
                text(rule.namespace()),
                text(rule.channel()),
                counts ? "" : plain(rule.rate()),
                counts ? "" : plain(rule.burst()),
                counts ? Long.toString(rule.max()) : "",
                rule.mode(),
                Integer.toString(rule.order()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /// What may have a bucket of its own for an operation, as in docs/limits.md.
    public static Set<LimitScope> scopes(LimitOperation operation) {
        return switch (operation) {
            case HANDSHAKE -> EnumSet.of(LimitScope.IP, LimitScope.NODE);
            case CONNECTIONS, CONNECT -> EnumSet.of(LimitScope.USER, LimitScope.IP, LimitScope.NODE);
            case PUBLISH, SUBSCRIBE -> EnumSet.complementOf(EnumSet.of(LimitScope.UNKNOWN));
            case RPC, BYTES_IN -> EnumSet.of(LimitScope.CONNECTION, LimitScope.USER, LimitScope.IP, LimitScope.NODE);
            case UNKNOWN -> EnumSet.noneOf(LimitScope.class);
        };
    }

    /// Whether an operation is in a channel, so that a limit can be for some channels.
    public static boolean hasChannel(LimitOperation operation) {
        return operation == LimitOperation.PUBLISH || operation == LimitOperation.SUBSCRIBE;
    }

    /// What is wrong with it, a sentence a field; empty if it is good.
    public Map<Field, String> problems() {
        Map<Field, String> problems = new EnumMap<>(Field.class);
        if (!NAME.matcher(name).matches()) {
            problems.put(Field.NAME, Messages.text("limits.name"));
        }
        if (!scopes(operation).contains(scope)) {
            problems.put(
                    Field.SCOPE,
                    Messages.text("limits.scope.wrong", LimitTexts.operation(operation), LimitTexts.scope(scope)));
        }
        if (!user.isBlank() && operation == LimitOperation.HANDSHAKE) {
            problems.put(Field.USER, Messages.text("limits.user.unknown"));
        }
        if (!(namespace.isBlank() && channel.isBlank()) && !hasChannel(operation)) {
            problems.put(Field.CHANNEL, Messages.text("limits.channel.none"));
        }
        if (!cidr.isBlank()) {
            try {
                Cidr.parse(cidr);
            } catch (IllegalArgumentException e) {
                problems.put(Field.CIDR, String.valueOf(e.getMessage()));
            }
        }
        amounts(problems);
        if (!order.matches("-?\\d{1,6}")) {
            problems.put(Field.ORDER, Messages.text("limits.order"));
        }
        return problems;
    }

    private void amounts(Map<Field, String> problems) {
        if (operation == LimitOperation.CONNECTIONS) {
            if (!max.strip().matches("[1-9]\\d{0,8}")) {
                problems.put(Field.MAX, Messages.text("limits.max"));
            }
            return;
        }
        Optional<Double> perSecond = positive(rate);
        if (perSecond.isEmpty()) {
            problems.put(Field.RATE, Messages.text("limits.rate"));
        }
        Optional<Double> full = positive(burst);
        if (!burst.isBlank() && full.filter(each -> each >= 1).isEmpty()) {
            problems.put(Field.BURST, Messages.text("limits.burst"));
        } else if (perSecond.isPresent() && full.orElse(0.0) / perSecond.get() > MAX_SECONDS_TO_FILL) {
            problems.put(Field.BURST, Messages.text("limits.burst.long"));
        }
    }

    private static Optional<Double> positive(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            return value > 0 && value <= MAX_RATE ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// What it asks for, if nothing is wrong with it.
    public Optional<LimitWish> wish() {
        if (!problems().isEmpty()) {
            return Optional.empty();
        }
        boolean counts = operation == LimitOperation.CONNECTIONS;
        return Optional.of(new LimitWish(
                Integer.valueOf(order),
                operation,
                scope,
                some(user),
                some(cidr),
                some(namespace),
                some(channel),
                counts ? null : positive(rate).orElse(null),
                counts ? null : positive(burst).orElse(null),
                counts ? Long.valueOf(max.strip()) : null,
                mode,
                null));
    }

    private static @Nullable String some(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
