package dev.heliograph.console.audit;

import dev.heliograph.console.api.AdminApi.AuditQuestion;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.AuditRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Which lines of the record are shown; an empty text holds for all.
///
/// @param operator who did it
/// @param action   what was done: `ip_rule.put`
/// @param text     what occurs in target or reason, in any case of letters
/// @param period   how far back
public record AuditFilter(String operator, String action, String text, Period period) {

    /// How far back.
    public enum Period {
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1)),
        WEEK(Duration.ofDays(7)),
        ALL(Duration.ZERO);

        private final Duration time;

        Period(Duration time) {
            this.time = time;
        }

        Optional<Instant> since(Clock clock) {
            return time.isZero()
                    ? Optional.empty()
                    : Optional.of(clock.instant().minus(time));
        }

        /// For people.
        public String title() {
            return Messages.text("audit.period." + name().toLowerCase(Locale.ROOT));
        }
    }

    /// All lines.
    public static final AuditFilter ALL = new AuditFilter("", "", "", Period.ALL);

    AuditQuestion question(Clock clock, Optional<String> after, int limit) {
        return new AuditQuestion(
                period.since(clock), Optional.empty(), some(operator), some(action), some(text), after, limit);
    }

    private static Optional<String> some(String value) {
        return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    /// Whether a new line is one of those.
    boolean matches(AuditRow row) {
        return some(operator).filter(each -> !each.equals(row.operator())).isEmpty()
                && some(action).filter(each -> !each.equals(row.action())).isEmpty()
                && some(text)
                        .filter(each -> !contains(row.target(), each) && !contains(row.reason(), each))
                        .isEmpty();
    }

    private static boolean contains(String in, String text) {
        return in.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
