package dev.heliograph.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Section `channel`. An empty prefix, boundary or separator means that there is none.
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

    /// @param namespaces gives the options by namespace for a default `history_meta_ttl`
    static ChannelConfig from(Values v, Function<Duration, Map<String, ChannelOptions>> namespaces) {
        Duration metaTtl = v.duration("channel.history_meta_ttl");
        ChannelConfig config = new ChannelConfig(
                v.integer("channel.max_length"),
                v.string("channel.private_prefix"),
                v.string("channel.namespace_boundary"),
                v.string("channel.user_boundary"),
                v.string("channel.user_separator"),
                ChannelOptions.from(v, ChannelSettings.WITHOUT_NAMESPACE, metaTtl),
                namespaces.apply(metaTtl));
        config.check(v);
        return config;
    }

    private void check(Values v) {
        if (namespaceBoundary.isEmpty() && !namespaces.isEmpty()) {
            v.problem("channel.namespace_boundary", "is needed for channel.namespaces");
        }
        List<String> marks = List.of(privatePrefix, namespaceBoundary, userBoundary, userSeparator);
        List<String> used = marks.stream().filter(each -> !each.isEmpty()).toList();
        if (used.stream().distinct().count() < used.size()) {
            v.problem("channel", "private_prefix, namespace_boundary, user_boundary and user_separator must differ");
        }
    }
}
