package dev.heliograph.console.wire;

import java.util.List;

/// `TokenList` of the admin API's document (docs/openapi.json).
public record TokenList(List<TokenRow> tokens) {}
