package dev.heliograph.server.auth;

import java.util.Optional;

/// Channel options that are overridden for one subscription; empty ones stay as the namespace says.
public record SubscriptionOverride(
        Optional<Boolean> presence,
        Optional<Boolean> joinLeave,
        Optional<Boolean> forcePushJoinLeave,
        Optional<Boolean> forceRecovery,
        Optional<Boolean> forcePositioning) {

    public static final SubscriptionOverride NONE = new SubscriptionOverride(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
