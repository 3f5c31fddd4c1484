package dev.heliograph.grafana;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// One picture of a dashboard.
///
/// @param unit      as Grafana names units: `short`, `s`, `bytes`, `percentunit`, `cps` (a second)
/// @param threshold where an alert fires; drawn as a line
public record Panel(
        Kind kind, String title, String description, String unit, OptionalDouble threshold, List<Query> queries) {

    /// How it looks.
    public enum Kind {
        /// A graph over time.
        GRAPH("timeseries", 8, 8),
        /// A number of now.
        NUMBER("stat", 4, 4),
        /// A row for each series of now.
        TABLE("table", 8, 8);

        private final String type;
        private final int width;
        private final int height;

        Kind(String type, int width, int height) {
            this.type = type;
            this.width = width;
            this.height = height;
        }

        /// Grafana's name for it.
        String type() {
            return type;
        }

        /// Of the 24 columns of a dashboard.
        int width() {
            return width;
        }

        int height() {
            return height;
        }
    }

    public Panel {
        queries = List.copyOf(queries);
    }

    static Panel graph(String title, String unit, String description) {
        return new Panel(Kind.GRAPH, title, description, unit, OptionalDouble.empty(), List.of());
    }

    static Panel number(String title, String unit, String description) {
        return new Panel(Kind.NUMBER, title, description, unit, OptionalDouble.empty(), List.of());
    }

    static Panel table(String title, String unit, String description) {
        return new Panel(Kind.TABLE, title, description, unit, OptionalDouble.empty(), List.of());
    }

    /// With another expression; see [Query#of].
    Panel query(String expression, String legend) {
        List<Query> all = new ArrayList<>(queries);
        all.add(Query.of(expression, legend));
        return new Panel(kind, title, description, unit, threshold, all);
    }

    /// With a line where an alert fires.
    Panel alertAt(double value) {
        return new Panel(kind, title, description, unit, OptionalDouble.of(value), queries);
    }
}
