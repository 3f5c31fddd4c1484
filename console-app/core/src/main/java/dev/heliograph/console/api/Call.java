package dev.heliograph.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One call of an operation of the admin API.
///
/// @param method     of HTTP
/// @param path       with its segments encoded
/// @param query      the parameters, not encoded
/// @param body       a record of `wire`, if the operation takes one
/// @param answer     what is answered
/// @param repeatable whether it changes nothing, so that it can be made again at another node
public record Call<T>(
        String method,
        String path,
        Map<String, String> query,
        Optional<Object> body,
        Class<T> answer,
        boolean repeatable) {

    static <T> Call<T> get(String path, Class<T> answer) {
        return new Call<>("GET", path, Map.of(), Optional.empty(), answer, true);
    }

    /// A change: a dry run can be repeated, the change itself not.
    static <T> Call<T> change(String method, String path, Change change, Class<T> answer) {
        Call<T> call = new Call<>(method, path, Map.of(), Optional.empty(), answer, change.dryRun());
        if (change.dryRun()) {
            call = call.with("dry_run", "true");
        }
        return call.with("reason", change.reason());
    }

    /// A segment of a path.
    static String segment(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /// Adds a parameter, unless it is empty.
    Call<T> with(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put(name, value);
        return new Call<>(method, path, all, body, answer, repeatable);
    }

    Call<T> with(String name, long value) {
        return with(name, Long.toString(value));
    }

    Call<T> with(String name, Optional<String> value) {
        return with(name, value.orElse(""));
    }

    Call<T> body(Object wish) {
        return new Call<>(method, path, query, Optional.of(wish), answer, repeatable);
    }

    /// Path and query as they stand in a request.
    String target() {
        return target(path, query);
    }

    static String target(String path, Map<String, String> query) {
        if (query.isEmpty()) {
            return path;
        }
        return query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&", path + "?", ""));
    }
}
