package dev.heliograph.console.limits;

import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitRow;
import dev.heliograph.console.wire.LimitState;
import dev.heliograph.console.wire.LimitWish;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Wishes made of limits that are there, and how two limits compare.
final class LimitChanges {

    private LimitChanges() {}

    /// What puts a limit down as it was.
    static LimitWish wish(LimitRow row) {
        return wish(row.rule(), row.expiresAt());
    }

    static LimitWish wish(LimitState rule, @Nullable Long expiresAt) {
        return new LimitWish(
                rule.order(),
                rule.operation(),
                rule.scope(),
                rule.user(),
                rule.cidr(),
                rule.namespace(),
                rule.channel(),
                rule.rate() == 0 ? null : rule.rate(),
                rule.burst() == 0 ? null : rule.burst(),
                rule.max() == 0 ? null : rule.max(),
                rule.mode(),
                expiresAt);
    }

    /// The same, with an end.
    static LimitWish until(LimitWish wish, @Nullable Long expiresAt) {
        return new LimitWish(
                wish.order(),
                wish.operation(),
                wish.scope(),
                wish.user(),
                wish.cidr(),
                wish.namespace(),
                wish.channel(),
                wish.rate(),
                wish.burst(),
                wish.max(),
                wish.mode(),
                expiresAt);
    }

    /// Whether a limit refuses at least all that the other one does, for the same operations of the same clients: then
    /// both together are the same as it alone, since all that match must admit.
    static boolean isTighter(LimitWish wish, LimitState than) {
        boolean same = wish.operation() == than.operation()
                && wish.scope() == than.scope()
                && Objects.equals(wish.user(), than.user())
                && Objects.equals(wish.cidr(), than.cidr())
                && Objects.equals(wish.namespace(), than.namespace())
                && Objects.equals(wish.channel(), than.channel());
        boolean enforced = wish.mode() != LimitMode.DRY_RUN;
        return same
                && enforced
                && (than.mode() == LimitMode.DRY_RUN
                        || (number(wish.rate()) <= than.rate()
                                && burst(wish) <= than.burst()
                                && number(wish.max()) <= than.max()));
    }

    private static double burst(LimitWish wish) {
        return wish.burst() != null ? wish.burst() : wish.rate() == null ? 0 : Math.max(1, wish.rate());
    }

    private static double number(@Nullable Number value) {
        return value == null ? 0 : value.doubleValue();
    }
}
