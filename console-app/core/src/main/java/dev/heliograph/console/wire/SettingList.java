package dev.heliograph.console.wire;

import java.util.List;

/// `SettingList` of the admin API's document (docs/openapi.json).
public record SettingList(List<SettingRow> settings) {}
