package dev.heliograph.console.wire;

/// `ChannelRow` of the admin API's document (docs/openapi.json).
public record ChannelRow(String channel, long subscribers, double inRate, double outRate, long rateWindowMs) {}
