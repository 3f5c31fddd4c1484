package dev.heliograph.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.AuditRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One field of what a change was about, before and after.
///
/// @param field  in words
/// @param before empty if it was not there
/// @param after  empty if it is not there any more
public record Difference(String field, Optional<String> before, Optional<String> after) {

    /// Whether the change made it another one.
    public boolean isChanged() {
        return !before.equals(after);
    }

    /// All fields of a line's before and after, those that were changed first.
    public static List<Difference> of(AuditRow row) {
        Set<String> names = new LinkedHashSet<>();
        names(row.before(), names);
        names(row.after(), names);
        List<Difference> changed = new ArrayList<>();
        List<Difference> same = new ArrayList<>();
        for (String name : names) {
            Difference each = new Difference(
                    name.isEmpty() ? Messages.text("audit.value") : words(name),
                    value(row.before(), name),
                    value(row.after(), name));
            if (each.before.isPresent() || each.after.isPresent()) {
                (each.isChanged() ? changed : same).add(each);
            }
        }
        changed.addAll(same);
        return List.copyOf(changed);
    }

    private static void names(@Nullable JsonNode node, Set<String> names) {
        if (node != null && node.isObject()) {
            node.fieldNames().forEachRemaining(names::add);
        } else if (node != null && !node.isNull()) {
            names.add("");
        }
    }

    private static Optional<String> value(@Nullable JsonNode node, String name) {
        JsonNode value = node == null ? null : name.isEmpty() ? (node.isObject() ? null : node) : node.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(text(name, value));
    }

    private static String text(String name, JsonNode value) {
        String plain = name.replace("_", "").toLowerCase(Locale.ROOT);
        if (value.isIntegralNumber() && (plain.equals("created") || plain.equals("expiresat"))) {
            return Times.second(Instant.ofEpochMilli(value.longValue()));
        }
        if (value.isIntegralNumber() && plain.equals("issuedbefore")) {
            return Times.second(Instant.ofEpochSecond(value.longValue()));
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /// `expiresAt` and `expires_at` in words.
    private static String words(String name) {
        return name.replace('_', ' ').replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
