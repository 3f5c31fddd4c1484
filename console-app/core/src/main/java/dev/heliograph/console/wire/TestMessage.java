package dev.heliograph.console.wire;

import com.fasterxml.jackson.databind.JsonNode;

/// `TestMessage` of the admin API's document (docs/openapi.json).
public record TestMessage(String channel, JsonNode data) {}
