package dev.heliograph.console.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DisconnectWish` of the admin API's document (docs/openapi.json).
public record DisconnectWish(
        @Nullable String operation,
        @Nullable List<String> ids,
        @Nullable String query,
        @Nullable String by,
        @Nullable String group,
        @Nullable Boolean reconnect,
        @Nullable Integer code,
        @Nullable String closeReason,
        @Nullable Double perSecond,
        @Nullable Integer cap,
        @Nullable Boolean all,
        @Nullable Long withinMs) {}
