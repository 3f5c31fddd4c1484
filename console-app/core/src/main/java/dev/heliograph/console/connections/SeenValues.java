package dev.heliograph.console.connections;

import dev.heliograph.console.wire.ConnectionRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Values that the fields of connections had, for suggestions; the commonest first. Immutable.
public final class SeenValues {

    /// Of one field.
    static final int MOST = 30;

    public static final SeenValues NONE = new SeenValues(Map.of());

    /// @param times how many of the rows had it
    public record Value(String text, int times) {}

    private final Map<QueryField, List<Value>> values;

    private SeenValues(Map<QueryField, List<Value>> values) {
        this.values = values;
    }

    public static SeenValues of(Collection<ConnectionRow> rows) {
        Map<QueryField, List<Value>> values = new EnumMap<>(QueryField.class);
        for (QueryField field : QueryField.values()) {
            boolean worth = field.type() == QueryField.Type.TEXT
                    || field.type() == QueryField.Type.ADDRESS
                    || field.type() == QueryField.Type.VERSION;
            if (worth && field != QueryField.CHANNEL) {
                values.put(field, commonest(field, rows));
            }
        }
        return new SeenValues(values);
    }

    private static List<Value> commonest(QueryField field, Collection<ConnectionRow> rows) {
        Map<String, Integer> times = new HashMap<>();
        rows.forEach(row -> times.merge(field.textOf(row), 1, Integer::sum));
        times.remove("");
        return times.entrySet().stream()
                .map(each -> new Value(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingInt(Value::times).reversed().thenComparing(Value::text))
                .limit(MOST)
                .toList();
    }

    List<Value> of(QueryField field) {
        return values.getOrDefault(field, List.of());
    }
}
