package dev.heliograph.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measures this relay beside other servers; `bin/compare` calls it. Ends with a RESULT line that names the targets which
/// were missed; status 0 if all of them hold.
public final class Compare {

    private static final int ROUNDS = 5;

    /// Where each round takes minutes.
    private static final int LONG_ROUNDS = 3;

    private Compare() {}

    /// @param args which parts to measure; all of them if none is named; `--write PAGE` puts the tables into a page
    public static void main(String[] args) throws IOException {
        Sheet sheet = new Sheet();
        Map<String, Runnable> parts = new LinkedHashMap<>();
        parts.put("start", new Starting(sheet, ROUNDS)::run);
        parts.put("fan-out", new FanOut(sheet, ROUNDS)::run);
        parts.put("idle", new Idle(sheet, LONG_ROUNDS)::run);
        parts.put("entrance", new Entrances(sheet, LONG_ROUNDS)::run);
        parts.put("publish", new Publishes(sheet, ROUNDS)::run);
        parts.put("redis", new SharedRedis(sheet, ROUNDS)::run);
        parts.put("growth", new Growth(sheet)::run);
        List<String> wanted = new ArrayList<>(List.of(args));
        int write = wanted.indexOf("--write");
        List<String> pages = write < 0 ? List.of() : List.copyOf(wanted.subList(write + 1, wanted.size()));
        if (write >= 0) {
            wanted.subList(write, wanted.size()).clear();
        }
        for (String part : wanted.isEmpty() ? List.copyOf(parts.keySet()) : wanted) {
            Runnable measure = parts.get(part);
            if (measure == null) {
                System.err.println("compare: " + part + " is none of " + String.join(", ", parts.keySet()));
                System.exit(2);
                return;
            }
            System.out.println(part);
            measure.run();
        }
        List<String> missed = sheet.targets().stream()
                .filter(each -> !sheet.holds(each))
                .map(Report::key)
                .toList();
        Report report = new Report(sheet);
        report.write(missed);
        for (String page : pages) {
            report.replaceIn(Path.of(page));
        }
        System.exit(missed.isEmpty() ? 0 : 1);
    }
}
