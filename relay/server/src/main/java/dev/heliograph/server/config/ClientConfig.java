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
        int historyMaxPublicationLimit,
        int recoveryMaxPublicationLimit,
        Duration presenceUpdateInterval,
        Duration presenceTtl,
        TokenConfig token,
        boolean separateSubscriptionToken,
        TokenConfig subscriptionToken) {

    /// What subscription tokens are verified with.
    public TokenConfig subscriptionTokens() {
        return separateSubscriptionToken ? subscriptionToken : token;
    }

    static ClientConfig from(Values v) {
        return new ClientConfig(
                v.bool("client.insecure"),
                v.list("client.allowed_origins"),
                v.bool("client.allow_anonymous_connect_without_token"),
                v.bool("client.disallow_anonymous_connection_tokens"),
                v.duration("client.ping_interval"),
                v.duration("client.pong_timeout"),
                v.duration("client.stale_close_delay"),
                v.duration("client.expired_close_delay"),
                v.duration("client.expired_sub_close_delay"),
                v.integer("client.channel_limit", 1, 1_000_000),
                (int) v.size("client.queue_max_size", 1, Integer.MAX_VALUE),
                v.integer("client.connection_limit", 0, Integer.MAX_VALUE),
                v.integer("client.connection_rate_limit", 0, Integer.MAX_VALUE),
                v.integer("client.user_connection_limit", 0, Integer.MAX_VALUE),
                v.integer("client.history_max_publication_limit", 1, 100_000),
                v.integer("client.recovery_max_publication_limit", 1, 100_000),
                v.duration("client.presence_update_interval"),
                v.duration("client.presence_ttl"),
                token(v, "client.token."),
                v.bool("client.subscription_token.enabled"),
                token(v, "client.subscription_token."));
    }

    private static TokenConfig token(Values v, String prefix) {
        return new TokenConfig(
                v.string(prefix + "hmac_secret_key"),
                v.string(prefix + "rsa_public_key"),
                v.string(prefix + "ecdsa_public_key"),
                v.string(prefix + "jwks_public_endpoint"),
                v.string(prefix + "audience"),
                v.regex(prefix + "audience_regex"),
                v.string(prefix + "issuer"),
                v.regex(prefix + "issuer_regex"),
                v.string(prefix + "user_id_claim"));
    }
}
