package dev.heliograph.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the controller remembers, also over a restart.
///
/// @param changed   when the relays changed last
/// @param relays    their names then; none if they were never seen
/// @param desired   what was desired last; 0 if nothing was yet
/// @param failures  attempts that failed since the last one that did not
/// @param notBefore the earliest time of the next attempt
/// @param actions   how many there were, by `action` and `result` with a blank between
record Memory(
        Instant changed, Set<String> relays, int desired, int failures, Instant notBefore, Map<String, Long> actions) {

    private static final JsonMapper JSON = new JsonMapper();

    Memory {
        relays = Set.copyOf(relays);
        actions = Map.copyOf(actions);
    }

    /// Nothing is known of before, so the relays may have changed just now.
    static Memory empty(Instant now) {
        return new Memory(now, Set.of(), 0, 0, Instant.EPOCH, Map.of());
    }

    /// A clock that was set back makes no change of tomorrow.
    Memory until(Instant now) {
        return changed.isAfter(now) ? new Memory(now, relays, desired, failures, notBefore, actions) : this;
    }

    Memory seen(Set<String> names, Instant now) {
        Instant when = relays.isEmpty() || relays.equals(names) ? changed : now;
        return new Memory(when, names, desired, failures, notBefore, actions);
    }

    Memory desire(int number) {
        return new Memory(changed, relays, number, failures, notBefore, actions);
    }

    Memory done(String action, Instant now) {
        return new Memory(now, relays, desired, 0, Instant.EPOCH, counted(action + " done"));
    }

    Memory failed(String action, Instant next) {
        return new Memory(changed, relays, desired, failures + 1, next, counted(action + " failed"));
    }

    private Map<String, Long> counted(String which) {
        Map<String, Long> more = new TreeMap<>(actions);
        more.merge(which, 1L, Long::sum);
        return more;
    }

    /// @throws IOException if there is no such file, or it is none of a memory
    static Memory read(Path file) throws IOException {
        JsonNode root = JSON.readTree(Files.readString(file));
        if (!root.path("changed_ms").isIntegralNumber()) {
            throw new IOException("changed_ms is missing");
        }
        Set<String> relays = new TreeSet<>();
        root.path("relays").forEach(name -> relays.add(name.asText()));
        Map<String, Long> actions = new TreeMap<>();
        root.path("actions")
                .properties()
                .forEach(each -> actions.put(each.getKey(), each.getValue().asLong()));
        return new Memory(
                Instant.ofEpochMilli(root.path("changed_ms").asLong()),
                relays,
                root.path("desired").asInt(),
                root.path("failures").asInt(),
                Instant.ofEpochMilli(root.path("not_before_ms").asLong()),
                actions);
    }

    void write(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode()
                .put("changed_ms", changed.toEpochMilli())
                .put("desired", desired)
                .put("failures", failures)
                .put("not_before_ms", notBefore.toEpochMilli());
        ArrayNode names = root.putArray("relays");
        new TreeSet<>(relays).forEach(names::add);
        ObjectNode counts = root.putObject("actions");
        new TreeMap<>(actions).forEach(counts::put);
        AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n", "rw-------");
    }
}
