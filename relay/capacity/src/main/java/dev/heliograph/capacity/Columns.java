package dev.heliograph.capacity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows under headings as lines of text, each column as wide as its widest cell.
final class Columns {

    private final List<List<String>> rows = new ArrayList<>();

    Columns(String... headings) {
        rows.add(List.of(headings));
    }

    void row(Object... cells) {
        rows.add(Arrays.stream(cells).map(cell -> safe(String.valueOf(cell))).toList());
    }

    /// Texts come from files, too: none may move the cursor of who reads them in a terminal.
    static String safe(String text) {
        return text.codePoints()
                .map(each -> Character.isISOControl(each) || Character.getType(each) == Character.FORMAT ? '?' : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    List<String> lines() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
