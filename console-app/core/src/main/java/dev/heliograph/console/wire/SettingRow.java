package dev.heliograph.console.wire;

import org.jspecify.annotations.Nullable;

/// `SettingRow` of the admin API's document (docs/openapi.json).
public record SettingRow(String key, @Nullable String value, boolean set, SettingSource source, Effect effect) {}
