package dev.heliograph.console.api;

import dev.heliograph.console.wire.Topic;
import java.util.Map;
import java.util.Set;

/// What is to be seen of the live stream (docs/admin.md, "Live").
///
/// @param topics     at least one
/// @param parameters of the topics, by their names in the API: `q`, `channel`, `follow`, `reason`, ...
public record StreamWish(Set<Topic> topics, Map<String, String> parameters) {

    public StreamWish {
        topics = Set.copyOf(topics);
        parameters = Map.copyOf(parameters);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("a stream has at least one topic");
        }
    }

    public static StreamWish of(Topic... topics) {
        return new StreamWish(Set.of(topics), Map.of());
    }

    public StreamWish with(String parameter, String value) {
        Map<String, String> all = new java.util.HashMap<>(parameters);
        all.put(parameter, value);
        return new StreamWish(topics, all);
    }
}
