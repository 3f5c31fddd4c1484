package dev.heliograph.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a comparison found: a table in Markdown, JSON with every round, and the RESULT line.
final class Report {

    private static final Path FOLDER = Path.of("target", "results");
    private static final String BEGIN = "<!-- compare: begin -->";
    private static final String END = "<!-- compare: end -->";

    private final Sheet sheet;

    Report(Sheet sheet) {
        this.sheet = sheet;
    }

    void write(List<String> missed) throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("compare.json"), json());
        Files.writeString(FOLDER.resolve("compare.md"), table() + "\n" + targets());
        String figures = sheet.targets().stream()
                .map(each -> key(each) + "=" + short1(sheet.measured(each)))
                .collect(Collectors.joining(" "));
        System.out.println("RESULT compare: " + figures + (missed.isEmpty() ? "" : " missed=" + String.join(",", missed)));
    }

    /// Puts the tables between the marks of a page.
    ///
    /// @throws IOException if the page has no such marks
    void replaceIn(Path page) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no '" + BEGIN + "' and '" + END + "'");
        }
        Files.writeString(
                page, text.substring(0, begin + BEGIN.length()) + "\n" + targets() + "\n" + table() + text.substring(end));
    }

    static String key(Sheet.Target target) {
        return target.figure() + (target.other() == null ? "" : "/" + target.other().key());
    }

    private String targets() {
        StringBuilder text = new StringBuilder("| figure | compared with | target | measured | lowest and highest round | |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (Sheet.Target each : sheet.targets()) {
            double[] measured = sheet.measured(each);
            text.append("| %s | %s | %s %s | %s | %s | %s |%n"
                    .formatted(
                            each.figure(),
                            each.other() == null ? "-" : each.other().key(),
                            each.least() ? "at least" : "at most",
                            number(each.bound()) + (each.other() == null ? "" : " x"),
                            measured == null ? "not measured" : number(measured[1]),
                            measured == null ? "" : number(measured[0]) + " to " + number(measured[2]),
                            sheet.holds(each) ? "holds" : "missed"));
        }
        return text.toString();
    }

    private String table() {
        List<Peer> peers = List.of(Peer.values());
        StringBuilder text = new StringBuilder("| median of rounds |");
        peers.forEach(peer -> text.append(' ').append(peer.key()).append(" |"));
        text.append("\n|---|").append("---|".repeat(peers.size())).append('\n');
        sheet.figures().forEach((figure, of) -> {
            text.append("| ").append(figure).append(" |");
            for (Peer peer : peers) {
                double[] spread = sheet.spread(figure, peer);
                text.append(' ').append(spread == null ? "" : number(spread[1])).append(" |");
            }
            text.append('\n');
        });
        return text.toString();
    }

    private String json() {
        return sheet.figures().entrySet().stream()
                .map(each -> "  \"" + each.getKey() + "\": {" + rounds(each.getValue()) + "}")
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private static String rounds(EnumMap<Peer, List<Double>> of) {
        return of.entrySet().stream()
                .map((Map.Entry<Peer, List<Double>> each) -> "\"" + each.getKey().key() + "\": " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String short1(double[] spread) {
        return spread == null ? "-" : number(spread[1]).replace(",", "");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 1_000 ? "%,.0f" : value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
