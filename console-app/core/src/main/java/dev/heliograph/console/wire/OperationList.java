package dev.heliograph.console.wire;

import java.util.List;

/// `OperationList` of the admin API's document (docs/openapi.json).
public record OperationList(List<OperationRow> operations) {}
