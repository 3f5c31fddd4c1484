package dev.heliograph.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a comparison found: tables in Markdown, plots of how cost grows, and the RESULT line.
final class Report {

    /// Of the plots, in all of which the relay is beside the reference server.
    private static final List<GrowthPlot> PLOTS = List.of(
            new GrowthPlot("subscribers", "per_s", "Deliveries a second, by subscribers of one channel (256 B)"),
            new GrowthPlot("channels", "per_s", "Deliveries a second, by channels (1,000 subscribers or one each)"),
            new GrowthPlot("size", "per_s", "Deliveries a second to 1,000 subscribers, by bytes of a publication"),
            new GrowthPlot("subscribers", "rss_mb", "Resident memory in MB under that load, by subscribers"));

    private final Sheet sheet = new Sheet();
    private final Map<String, String> dates = new LinkedHashMap<>();

    Report(List<Results.Kept> parts) {
        for (Results.Kept part : parts) {
            sheet.add(part);
            dates.put(part.part(), part.date());
        }
    }

    /// All tables, as a file of its own.
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("tables.md"), targets() + "\n" + table());
    }

    /// Says what became of the targets.
    ///
    /// @param failed parts that came to no result
    /// @return whether all targets hold
    boolean result(List<String> failed) {
        List<String> missed = sheet.targets().stream()
                .filter(each -> !sheet.holds(each))
                .map(Report::key)
                .toList();
        List<String> line = new ArrayList<>();
        sheet.targets().forEach(each -> line.add(key(each) + "=" + inLine(sheet.measured(each))));
        if (!missed.isEmpty()) {
            line.add("missed=" + String.join(",", missed));
        }
        if (!failed.isEmpty()) {
            line.add("failed=" + String.join(",", failed));
        }
        System.out.println("RESULT compare: " + String.join(" ", line));
        return missed.isEmpty() && failed.isEmpty();
    }

    /// Puts what a page wants between its marks: `<!-- compare: targets -->`, `... figures -->` or `... plots -->`,
    /// each with an end, `<!-- compare: end -->`. Plots go into a folder beside the page that has its name.
    ///
    /// @throws IOException if the page has none of these marks, or no end for one
    void replaceIn(Path page) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("targets", targets());
        parts.put("figures", table());
        String text = Files.readString(page);
        if (text.contains(begin("plots"))) {
            parts.put("plots", plots(page));
        }
        boolean any = false;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            String begin = begin(part.getKey());
            int from = text.indexOf(begin);
            if (from < 0) {
                continue;
            }
            int to = text.indexOf(begin("end"), from);
            if (to < 0) {
                throw new IOException(page + " has " + begin + " without " + begin("end"));
            }
            text = text.substring(0, from + begin.length()) + "\n" + part.getValue() + text.substring(to);
            any = true;
        }
        if (!any) {
            throw new IOException(page + " has no " + begin("targets") + ", or of the others");
        }
        Files.writeString(page, text);
    }

    private static String begin(String part) {
        return "<!-- compare: " + part + " -->";
    }

    private String plots(Path page) throws IOException {
        String name = page.getFileName().toString().replaceFirst("\\..*$", "");
        Path folder = page.resolveSibling(name);
        Files.createDirectories(folder);
        StringBuilder links = new StringBuilder();
        for (GrowthPlot plot : PLOTS) {
            String svg = plot.svg(sheet);
            if (!svg.isEmpty()) {
                String file = plot.axis() + "-" + plot.figure().replace('_', '-') + ".svg";
                Files.writeString(folder.resolve(file), svg);
                links.append("![%s](%s/%s)%n%n".formatted(plot.title(), name, file));
            }
        }
        return links.isEmpty() ? "Not measured.\n" : "\n" + links;
    }

    static String key(Sheet.Target target) {
        return target.figure()
                + (target.other() == null ? "" : "/" + target.other().key());
    }

    private String targets() {
        StringBuilder text =
                new StringBuilder("| figure | compared with | target | measured | lowest and highest round | |\n");
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
        return text.append('\n')
                .append(dates.entrySet().stream()
                        .map(each -> "`" + each.getKey() + "` " + each.getValue())
                        .collect(Collectors.joining(", ", "Measured: ", ".\n")))
                .toString();
    }

    private String table() {
        List<Peer> peers = List.of(Peer.values());
        StringBuilder text = new StringBuilder("| median of rounds |");
        peers.forEach(peer -> text.append(' ').append(peer.key()).append(" |"));
        text.append("\n|---|").append("---|".repeat(peers.size())).append('\n');
        for (String figure : sheet.figures().keySet()) {
            text.append("| ").append(figure).append(" |");
            for (Peer peer : peers) {
                double[] spread = sheet.spread(figure, peer);
                text.append(' ').append(spread == null ? "" : number(spread[1])).append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String inLine(double @Nullable [] spread) {
        return spread == null ? "-" : number(spread[1]).replace(",", "");
    }

    private static String number(double value) {
        return String.format(
                Locale.ROOT, value >= 1_000 ? "%,.0f" : value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
