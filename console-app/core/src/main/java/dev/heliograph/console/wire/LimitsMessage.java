package dev.heliograph.console.wire;

import java.util.List;

/// `LimitsMessage` of the admin API's document (docs/openapi.json).
public record LimitsMessage(String type, List<LimitRate> limits) implements StreamMessage {}
