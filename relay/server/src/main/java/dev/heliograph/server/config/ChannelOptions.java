package dev.heliograph.server.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// The options of a namespace (protocol B.4).
///
/// @param metaTtl               how long epoch and offset outlive the last use of a channel
/// @param cacheRecovery         whether recovery gives the latest publication only
/// @param channelRegex          what the name behind the namespace must match
/// @param publicationDataFormat empty, `json`, `json_object` or `binary`
/// @param slowConsumer          what happens to publications that a subscriber does not read fast enough
public record ChannelOptions(
        boolean presence,
        boolean joinLeave,
        boolean forcePushJoinLeave,
        int historySize,
        Duration historyTtl,
        Duration metaTtl,
        boolean forcePositioning,
        boolean allowPositioning,
        boolean forceRecovery,
        boolean allowRecovery,
        boolean cacheRecovery,
        Access subscribe,
        Access publish,
        Access history,
        Access seePresence,
        boolean allowUserLimitedChannels,
        Optional<Pattern> channelRegex,
        String publicationDataFormat,
        SlowConsumer slowConsumer) {

    /// Who may do something without a token for it.
    ///
    /// @param client     users with an id
    /// @param subscriber who is subscribed
    /// @param anonymous  whether users without an id count as well
    public record Access(boolean client, boolean subscriber, boolean anonymous) {}

    /// Whether publications are numbered and kept.
    public boolean keepsHistory() {
        return historySize > 0 && historyTtl.isPositive();
    }

    static ChannelOptions from(Values v, String prefix, Duration defaultMetaTtl) {
        Duration metaTtl = v.duration(prefix + "history_meta_ttl");
        String regex = v.string(prefix + "channel_regex");
        ChannelOptions options = new ChannelOptions(
                v.bool(prefix + "presence"),
                v.bool(prefix + "join_leave"),
                v.bool(prefix + "force_push_join_leave"),
                v.integer(prefix + "history_size"),
                v.duration(prefix + "history_ttl"),
                metaTtl.isZero() ? defaultMetaTtl : metaTtl,
                v.bool(prefix + "force_positioning"),
                v.bool(prefix + "allow_positioning"),
                v.bool(prefix + "force_recovery"),
                v.bool(prefix + "allow_recovery"),
                v.string(prefix + "force_recovery_mode").equals("cache"),
                access(v, prefix, "subscribe", false),
                access(v, prefix, "publish", true),
                access(v, prefix, "history", true),
                access(v, prefix, "presence", true),
                v.bool(prefix + "allow_user_limited_channels"),
                regex.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(regex)),
                v.string(prefix + "publication_data_format"),
                SlowConsumer.of(v.string(prefix + "slow_consumer")));
        v.string(prefix + "subscription_type");
        check(v, prefix, options);
        return options;
    }

    private static Access access(Values v, String prefix, String what, boolean forSubscriber) {
        return new Access(
                v.bool(prefix + "allow_" + what + "_for_client"),
                forSubscriber && v.bool(prefix + "allow_" + what + "_for_subscriber"),
                v.bool(prefix + "allow_" + what + "_for_anonymous"));
    }

    /// What contradicts itself is refused, not guessed.
    private static void check(Values v, String prefix, ChannelOptions options) {
        checkHistory(v, prefix, options);
        if (options.forcePushJoinLeave && !options.joinLeave) {
            v.problem(prefix + "force_push_join_leave", "needs join_leave");
        }
    }

    private static void checkHistory(Values v, String prefix, ChannelOptions options) {
        if ((options.historySize > 0) != options.historyTtl.isPositive()) {
            v.problem(
                    prefix + (options.historySize > 0 ? "history_size" : "history_ttl"),
                    "history needs both history_size and history_ttl");
        } else if (!options.keepsHistory()) {
            if (options.forceRecovery) {
                v.problem(prefix + "force_recovery", "needs history_size and history_ttl");
            }
            if (options.forcePositioning) {
                v.problem(prefix + "force_positioning", "needs history_size and history_ttl");
            }
        }
        if (options.metaTtl.compareTo(options.historyTtl) < 0) {
            v.problem(prefix + "history_meta_ttl", "must not be shorter than history_ttl");
        }
        if (options.slowConsumer == SlowConsumer.LATEST_ONLY && options.keepsHistory() && !options.cacheRecovery) {
            // A client would be told that it recovered all, with what was skipped missing.
            v.problem(prefix + "slow_consumer", "latest_only with history needs force_recovery_mode: cache");
        }
    }
}
