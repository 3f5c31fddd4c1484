package dev.heliograph.server.observe;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;

/// What someone wants to follow.
///
/// @param value    the id of the user or of the connection, the name of the channel, or the address
/// @param duration at most [#MAX_DURATION]
/// @param sampling of the deliveries one in so many is told; everything else always is
/// @param log      whether events also go to the log, at level info
public record FollowSpec(Target target, String value, Duration duration, int sampling, boolean log) {

    public static final Duration MAX_DURATION = Duration.ofHours(1);

    /// Deliveries that one event may stand for.
    public static final int MAX_SAMPLING = 1_000_000;

    /// By what connections are chosen.
    public enum Target {
        USER,
        CHANNEL,
        IP,
        CLIENT
    }

    /// @throws IllegalArgumentException saying what is wrong
    public FollowSpec {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("nothing to follow: the value is empty");
        }
        if (duration.isZero() || duration.isNegative() || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException("a duration is more than 0 and at most 1h");
        }
        if (sampling < 1 || sampling > MAX_SAMPLING) {
            throw new IllegalArgumentException("sampling is one in 1 to " + MAX_SAMPLING);
        }
        if (target == Target.IP) {
            value = InetAddress.ofLiteral(value).getHostAddress();
        }
    }

    /// Whether an event is one of those.
    boolean matches(About about, String channel) {
        return switch (target) {
            case USER -> value.equals(about.user());
            case CLIENT -> value.equals(about.id());
            case CHANNEL -> value.equals(channel);
            case IP -> value.equals(normal(about.remoteAddress()));
        };
    }

    private static String normal(String address) {
        try {
            return InetAddress.ofLiteral(address).getHostAddress();
        } catch (IllegalArgumentException _) {
            return address;
        }
    }

    @Override
    public String toString() {
        return "%s '%s' for %ds".formatted(target.name().toLowerCase(Locale.ROOT), value, duration.toSeconds());
    }
}
