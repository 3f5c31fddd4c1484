package dev.heliograph.server.config;

import java.time.Duration;
import java.util.List;

/// Section `client`: what clients may do, and when they are disconnected.
public record ClientConfig(
        boolean insecure,
        List<String> allowedOrigins,
        boolean allowAnonymousConnectWithoutToken,
        boolean disallowAnonymousConnectionTokens,
        Duration pingInterval,
        Duration pongTimeout,
        Duration staleCloseDelay,
        Duration expiredCloseDelay,
        Duration expiredSubCloseDelay,
        int channelLimit,
        int queueMaxSize,
        int connectionLimit,
        int connectionRateLimit,
        int userConnectionLimit,
        Duration channelPositionCheckDelay,
        Duration presenceUpdateInterval,
        Duration presenceTtl,
        int historyMaxPublicationLimit,
        int recoveryMaxPublicationLimit,
        boolean connectIncludeServerTime,
        TokenConfig token,
        boolean separateSubscriptionToken,
        TokenConfig subscriptionToken) {

    public ClientConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /// What subscription tokens are verified with.
    public TokenConfig subscriptionTokens() {
        return separateSubscriptionToken ? subscriptionToken : token;
    }

    static ClientConfig from(Values v) {
        // Read so that a wrong value is told; it has no effect.
        v.integer("client.concurrency");
        ClientConfig config = new ClientConfig(
                v.bool("client.insecure"),
                v.list("client.allowed_origins"),
                v.bool("client.allow_anonymous_connect_without_token"),
                v.bool("client.disallow_anonymous_connection_tokens"),
                v.duration("client.ping_interval"),
                v.duration("client.pong_timeout"),
                v.duration("client.stale_close_delay"),
                v.duration("client.expired_close_delay"),
                v.duration("client.expired_sub_close_delay"),
                v.integer("client.channel_limit"),
                (int) v.size("client.queue_max_size"),
                v.integer("client.connection_limit"),
                v.integer("client.connection_rate_limit"),
                v.integer("client.user_connection_limit"),
                v.duration("client.channel_position_check_delay"),
                v.duration("client.presence_update_interval"),
                v.duration("client.presence_ttl"),
                v.integer("client.history_max_publication_limit"),
                v.integer("client.recovery_max_publication_limit"),
                v.bool("client.connect_include_server_time"),
                TokenConfig.from(v, "client.token."),
                v.bool("client.subscription_token.enabled"),
                TokenConfig.from(v, "client.subscription_token."));
        config.check(v);
        return config;
    }

    private void check(Values v) {
        // The protocol tells clients the interval in whole seconds, and 0 that there are no pings.
        if (pingInterval.isPositive() && pingInterval.toSeconds() == 0) {
            v.problem("client.ping_interval", "must be 0s or at least 1s");
        }
        if (pingInterval.isPositive() && pongTimeout.compareTo(pingInterval) >= 0) {
            v.problem("client.pong_timeout", "must be shorter than client.ping_interval");
        }
        if (presenceTtl.compareTo(presenceUpdateInterval) <= 0) {
            v.problem("client.presence_ttl", "must be longer than client.presence_update_interval");
        }
        if (separateSubscriptionToken && !subscriptionToken.configured()) {
            v.problem("client.subscription_token.enabled", "needs a key in client.subscription_token");
        }
        if (!separateSubscriptionToken && !subscriptionToken.equals(TokenConfig.NONE)) {
            v.problem("client.subscription_token.enabled", "must be true for what client.subscription_token says");
        }
    }
}
