package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// What the rows of the lists of who is kept out have in common. Times are milliseconds since 1970.
public sealed interface GuardRow permits IpRuleRow, RevocationRow, UserBanRow {

    String reason();

    String author();

    long created();

    @Nullable
    Long expiresAt();

    /// How many it has kept out.
    long hits();

    @Nullable
    Long lastHit();
}
