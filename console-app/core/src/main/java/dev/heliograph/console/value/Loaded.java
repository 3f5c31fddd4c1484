package dev.heliograph.console.value;

import java.util.Optional;

/// What a page shows of a question to the cluster: the last good answer is kept while the next one is fetched, and when
/// it fails.
///
/// @param data    the last good answer; empty before the first one
/// @param loading whether an answer is being fetched
/// @param problem a sentence for the operator about the last attempt; empty if it was good
public record Loaded<T>(Optional<T> data, boolean loading, Optional<String> problem) {

    /// Nothing was asked yet.
    public static <T> Loaded<T> nothing() {
        return new Loaded<>(Optional.empty(), false, Optional.empty());
    }

    public static <T> Loaded<T> of(T data) {
        return new Loaded<>(Optional.of(data), false, Optional.empty());
    }

    public Loaded<T> asking() {
        return new Loaded<>(data, true, problem);
    }

    public Loaded<T> failed(String sentence) {
        return new Loaded<>(data, false, Optional.of(sentence));
    }

    /// The question was given up: what was there stays.
    public Loaded<T> cancelled() {
        return new Loaded<>(data, false, problem);
    }
}
