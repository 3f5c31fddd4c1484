package dev.heliograph.runbook.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes calls of the admin API. Threadsafe.
@FunctionalInterface
public interface AdminCalls {

    /// Blocks until the answer is there.
    ///
    /// @throws RuntimeException if it is refused or fails; its message is a sentence for people
    JsonNode call(Request request);

    /// @param path  with its segments encoded
    /// @param query parameters, not encoded
    record Request(String method, String path, Map<String, String> query, Optional<JsonNode> body) {

        public Request {
            query = Map.copyOf(query);
        }

        static Request get(String path) {
            return new Request("GET", path, Map.of(), Optional.empty());
        }

        /// Adds a parameter, unless it is empty.
        Request with(String name, String value) {
            if (value.isEmpty()) {
                return this;
            }
            Map<String, String> all = new TreeMap<>(query);
            all.put(name, value);
            return new Request(method, path, all, body);
        }
    }
}
