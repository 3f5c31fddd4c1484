package dev.heliograph.server.config;

/// Section `metrics`.
///
/// @param address empty for all
/// @param port    0 for a free one
public record MetricsConfig(boolean enabled, String address, int port) {

    static MetricsConfig from(Values v) {
        return new MetricsConfig(v.bool("metrics.enabled"), v.string("metrics.address"), v.integer("metrics.port"));
    }
}
