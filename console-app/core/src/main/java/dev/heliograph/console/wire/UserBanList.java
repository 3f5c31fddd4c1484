package dev.heliograph.console.wire;

import java.util.List;

/// `UserBanList` of the admin API's document (docs/openapi.json).
public record UserBanList(List<UserBanRow> bans, boolean more) {}
