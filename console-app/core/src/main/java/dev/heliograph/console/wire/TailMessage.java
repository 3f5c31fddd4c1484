package dev.heliograph.console.wire;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// `TailMessage` of the admin API's document (docs/openapi.json).
public record TailMessage(
        String type,
        long at,
        String channel,
        @Nullable Long offset,
        int bytes,
        JsonNode data,
        String user,
        String client,
        long skipped)
        implements StreamMessage {}
