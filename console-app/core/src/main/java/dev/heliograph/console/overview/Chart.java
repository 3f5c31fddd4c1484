package dev.heliograph.console.overview;

import java.util.List;
import java.util.Locale;

/// A chart of the overview: figures of one unit that belong together.
public enum Chart {
    CONNECTIONS(Figure.CONNECTIONS, Figure.CONNECTIONS),
    DELIVERIES(Figure.DELIVERIES, Figure.DELIVERIES),
    LATENCY(Figure.LATENCY_P99, Figure.LATENCY_P50, Figure.LATENCY_P95, Figure.LATENCY_P99),
    PUBLICATIONS(Figure.PUBLICATIONS, Figure.PUBLICATIONS),
    ERRORS(Figure.ERRORS, Figure.ERRORS),
    REJECTS(Figure.REJECTED, Figure.REJECTED, Figure.REFUSED),
    TRAFFIC(Figure.BYTES_OUT, Figure.BYTES_OUT, Figure.BYTES_IN),
    CPU(Figure.CPU, Figure.CPU);

    private final Figure main;

    @SuppressWarnings("ImmutableEnumChecker") // a List.of
    private final List<Figure> figures;

    Chart(Figure main, Figure... figures) {
        this.main = main;
        this.figures = List.of(figures);
    }

    /// The one that is shown when there is a line for each node.
    public Figure main() {
        return main;
    }

    /// Those that are shown of the cluster, a line each.
    public List<Figure> figures() {
        return figures;
    }

    public Figure.Unit unit() {
        return main.unit();
    }

    /// For keys of texts.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
