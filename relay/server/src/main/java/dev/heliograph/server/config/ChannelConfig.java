package dev.heliograph.server.config;

import java.util.Map;

/// Section `channel`.
///
/// @param withoutNamespace options of channels whose name has no namespace
/// @param namespaces       options by namespace
public record ChannelConfig(
        int maxLength,
        String privatePrefix,
        String namespaceBoundary,
        String userBoundary,
        String userSeparator,
        ChannelOptions withoutNamespace,
        Map<String, ChannelOptions> namespaces) {
    public ChannelConfig {
        namespaces = Map.copyOf(namespaces);
    }
}
