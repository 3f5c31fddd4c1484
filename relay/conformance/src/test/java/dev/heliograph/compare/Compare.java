package dev.heliograph.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Measures this relay beside other servers; `bin/compare` calls it. Ends with a RESULT line that names the targets
/// which were missed and the parts that failed; status 0 if there are none.
public final class Compare {

    private static final int ROUNDS = 5;

    /// Where each round takes minutes.
    private static final int LONG_ROUNDS = 3;

    private static final Path FOLDER = Path.of("target", "results", "compare");

    private static final Map<String, Consumer<Sheet>> PARTS = parts();

    private Compare() {}

    private static Map<String, Consumer<Sheet>> parts() {
        Map<String, Consumer<Sheet>> parts = new LinkedHashMap<>();
        parts.put("start", sheet -> new Starting(sheet, ROUNDS).run());
        parts.put("fan-out", sheet -> new FanOut(sheet, ROUNDS).run());
        parts.put("idle", sheet -> new Idle(sheet, LONG_ROUNDS).run());
        parts.put("entrance", sheet -> new Entrances(sheet, ROUNDS).run());
        parts.put("publish", sheet -> new Publishes(sheet, ROUNDS).run());
        parts.put("redis", sheet -> new SharedRedis(sheet, ROUNDS).run());
        parts.put("growth", sheet -> new Growth(sheet).run());
        return parts;
    }

    /// @param args which parts to measure, all of them if none is named; then `--write PAGE...` to put what was
    ///             measured into pages, or `--only-write PAGE...` for what earlier runs measured
    public static void main(String[] args) throws IOException {
        List<String> wanted = new ArrayList<>(List.of(args));
        boolean again = !wanted.contains("--only-write");
        int write = wanted.indexOf(again ? "--write" : "--only-write");
        List<Path> pages = write < 0
                ? List.of()
                : wanted.subList(write + 1, wanted.size()).stream()
                        .map(Path::of)
                        .toList();
        if (write >= 0) {
            wanted.subList(write, wanted.size()).clear();
        }
        for (String part : wanted) {
            if (!PARTS.containsKey(part)) {
                System.err.println("compare: " + part + " is none of " + String.join(", ", PARTS.keySet()));
                System.exit(2);
            }
        }
        List<String> chosen = wanted.isEmpty() ? List.copyOf(PARTS.keySet()) : wanted;
        Results results = new Results(FOLDER);
        List<String> failed = again ? measure(results, chosen) : List.of();
        Report report = new Report(results.read(PARTS.keySet()));
        report.write(FOLDER);
        for (Path page : pages) {
            report.replaceIn(page);
        }
        System.exit(new Report(results.read(chosen)).result(failed) ? 0 : 1);
    }

    /// A part that fails leaves the others to be measured.
    private static List<String> measure(Results results, List<String> parts) throws IOException {
        List<String> failed = new ArrayList<>();
        for (Map.Entry<String, Consumer<Sheet>> each : PARTS.entrySet()) {
            if (!parts.contains(each.getKey())) {
                continue;
            }
            System.out.println(each.getKey());
            Sheet sheet = new Sheet();
            try {
                each.getValue().accept(sheet);
                results.save(each.getKey(), sheet);
            } catch (RuntimeException e) {
                System.err.println("compare: " + each.getKey() + ": " + e.getMessage());
                failed.add(each.getKey());
            }
        }
        return failed;
    }
}
