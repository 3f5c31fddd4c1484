package dev.heliograph.server.broker;

import java.time.Duration;

/// How to publish.
///
/// @param historySize    publications kept; 0 keeps none and numbers none
/// @param historyTtl     how long they are kept after the last publication
/// @param metaTtl        how long epoch and offset outlive the last use
/// @param idempotencyKey empty for none; a repeat within `idempotencyTtl` gets the first result and publishes nothing
/// @param version        of the data, 0 for none; a version not above the last one is suppressed (needs history)
/// @param versionEpoch   versions of different epochs are not compared
public record PublishOptions(
        int historySize,
        Duration historyTtl,
        Duration metaTtl,
        String idempotencyKey,
        Duration idempotencyTtl,
        long version,
        String versionEpoch) {

    /// How long an idempotency key is remembered.
    public static final Duration IDEMPOTENCY_TTL = Duration.ofMinutes(5);

    /// How long a stream's epoch and offset are remembered.
    public static final Duration META_TTL = Duration.ofDays(30);

    /// Deliver only.
    public static final PublishOptions NO_HISTORY =
            new PublishOptions(0, Duration.ZERO, META_TTL, "", IDEMPOTENCY_TTL, 0, "");

    public static PublishOptions history(int size, Duration ttl) {
        return new PublishOptions(size, ttl, META_TTL, "", IDEMPOTENCY_TTL, 0, "");
    }

    public PublishOptions idempotent(String key) {
        return new PublishOptions(historySize, historyTtl, metaTtl, key, idempotencyTtl, version, versionEpoch);
    }

    public boolean keepsHistory() {
        return historySize > 0 && historyTtl.isPositive();
    }
}
