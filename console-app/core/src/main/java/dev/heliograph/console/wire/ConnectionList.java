package dev.heliograph.console.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ConnectionList` of the admin API's document (docs/openapi.json).
public record ConnectionList(
        List<ConnectionRow> connections,
        long matched,
        @Nullable String next,
        List<String> missing) {}
