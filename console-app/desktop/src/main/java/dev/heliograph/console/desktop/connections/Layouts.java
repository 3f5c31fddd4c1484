package dev.heliograph.console.desktop.connections;

import dev.heliograph.console.desktop.ui.table.TableLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Arrangements of columns as text: `user:120:shown,ip:124:hidden`.
final class Layouts {

    private static final Pattern COLUMN = Pattern.compile("[a-z_]{1,40}:\\d{1,4}(\\.\\d{1,9})?:(shown|hidden)");

    private Layouts() {}

    static String write(TableLayout layout) {
        return layout.columns().stream()
                .map(column ->
                        column.id() + ":" + Math.round(column.width()) + ":" + (column.shown() ? "shown" : "hidden"))
                .collect(Collectors.joining(","));
    }

    /// Empty for what is none.
    static Optional<TableLayout> read(String text) {
        List<String> parts = Arrays.asList(text.split(",", -1));
        if (!parts.stream().allMatch(part -> COLUMN.matcher(part).matches())) {
            return Optional.empty();
        }
        return Optional.of(new TableLayout(parts.stream()
                .map(part -> part.split(":", -1))
                .map(part -> new TableLayout.Column(part[0], Double.parseDouble(part[1]), part[2].equals("shown")))
                .toList()));
    }

    /// The same columns, of which these are shown, in this order.
    static TableLayout showing(TableLayout layout, List<String> shown) {
        List<TableLayout.Column> first = shown.stream()
                .flatMap(id ->
                        layout.columns().stream().filter(column -> column.id().equals(id)))
                .map(column -> new TableLayout.Column(column.id(), column.width(), true))
                .toList();
        List<TableLayout.Column> rest = layout.columns().stream()
                .filter(column -> !shown.contains(column.id()))
                .map(column -> new TableLayout.Column(column.id(), column.width(), false))
                .toList();
        return new TableLayout(
                java.util.stream.Stream.concat(first.stream(), rest.stream()).toList());
    }

    static List<String> shown(TableLayout layout) {
        return layout.columns().stream()
                .filter(TableLayout.Column::shown)
                .map(TableLayout.Column::id)
                .toList();
    }
}
