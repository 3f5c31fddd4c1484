package dev.heliograph.console.channels;

import dev.heliograph.console.action.Role;
import dev.heliograph.console.text.Messages;
import java.time.Duration;
import java.util.Locale;

/// How a channel is looked into.
///
/// @param channel   its name
/// @param perSecond publications shown in any second, 1 to 20; the others are counted
/// @param masking   how much of them is shown
/// @param time      when it ends by itself, at most ten minutes
/// @param reason    for the audit record
public record TailWish(String channel, int perSecond, Masking masking, Duration time, String reason) {

    public static final int MAX_PER_SECOND = 20;

    public static final Duration MAX_TIME = Duration.ofMinutes(10);

    /// How much of a payload is shown.
    public enum Masking {
        /// Its shape, with every value masked.
        VALUES,
        /// How long it is.
        SIZES,
        /// All of it.
        CLEAR;

        /// Who may.
        public Role role() {
            return this == CLEAR ? Role.ADMIN : Role.OPERATOR;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// For people.
        public String title() {
            return Messages.text("channels.masking." + word());
        }
    }

    public TailWish {
        if (channel.isBlank()
                || perSecond < 1
                || perSecond > MAX_PER_SECOND
                || time.isNegative()
                || time.isZero()
                || time.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException(Messages.text("channels.tail.wrong"));
        }
    }
}
