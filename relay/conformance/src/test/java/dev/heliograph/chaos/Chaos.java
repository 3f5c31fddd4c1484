package dev.heliograph.chaos;

import dev.heliograph.bench.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs a million messages through faults, and 100,000 that are published repeatedly. Ends with a RESULT line;
/// exit 0 only if nothing was lost, repeated or reordered without a word.
public final class Chaos {

    /// In the log; all are counted.
    private static final int SHOWN_FAULTS = 40;

    private interface Part {
        Scenario.Outcome run() throws InterruptedException;
    }

    private Chaos() {}

    /// @param args which parts to run; all of them if none is named
    public static void main(String[] args) throws InterruptedException, IOException {
        Scale scale = Scale.LONG;
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("redis", () -> Scenario.ofOneRedis(scale));
        parts.put("failover", () -> Scenario.ofFailover(scale));
        parts.put("repeats", () -> Scenario.ofRepeatedPublishes(scale.idempotent()));
        List<String> wanted = args.length == 0 ? List.copyOf(parts.keySet()) : List.of(args);
        Map<String, Long> figures = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (String name : wanted) {
            Part part = parts.get(name);
            if (part == null) {
                System.err.println("chaos: " + name + " is none of " + String.join(", ", parts.keySet()));
                System.exit(2);
                return;
            }
            Scenario.Outcome outcome = part.run();
            String prefix = name.equals("repeats") ? "repeats_" : "";
            outcome.figures().forEach((key, value) -> figures.merge(prefix + key, value, Long::sum));
            outcome.faults().forEach(fault -> faults.add(name + ": " + fault));
        }
        faults.stream().limit(SHOWN_FAULTS).forEach(fault -> System.out.println("chaos: " + fault));
        figures.put("faults", (long) faults.size());
        Results results = new Results("chaos");
        figures.forEach((key, value) -> results.add(key, value.toString(), value.toString()));
        results.write("");
        System.exit(faults.isEmpty() ? 0 : 1);
    }
}
