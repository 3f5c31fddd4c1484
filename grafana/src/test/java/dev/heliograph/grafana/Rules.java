package dev.heliograph.grafana;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/// The rules of Prometheus and their cases, read from their files.
final class Rules {

    static final Path FOLDER = Path.of("prometheus");

    /// @param file without its ending
    /// @param hold as in `5m`; `0s` if it fires at once
    record Alert(
            String file,
            String name,
            String expression,
            String hold,
            Map<String, String> labels,
            Map<String, String> annotations) {

        String severity() {
            return labels.getOrDefault("severity", "");
        }
    }

    record Recording(String name, String expression) {}

    /// @param labels of the alert that it expects, for one that fires
    record Case(String alert, boolean fires, Map<String, String> labels) {}

    private Rules() {}

    static List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        for (Path file : files("rules")) {
            for (Map<?, ?> rule : rulesOf(file)) {
                if (rule.containsKey("alert")) {
                    alerts.add(new Alert(
                            file.getFileName().toString().replace(".yaml", ""),
                            text(rule, "alert"),
                            text(rule, "expr"),
                            rule.containsKey("for") ? text(rule, "for") : "0s",
                            texts(rule.get("labels")),
                            texts(rule.get("annotations"))));
                }
            }
        }
        return alerts;
    }

    static List<Recording> recordings() {
        return files("rules").stream()
                .flatMap(file -> rulesOf(file).stream())
                .filter(rule -> rule.containsKey("record"))
                .map(rule -> new Recording(text(rule, "record"), text(rule, "expr")))
                .toList();
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Path file : files("tests")) {
            for (Map<?, ?> test : maps(read(file).get("tests"))) {
                for (Map<?, ?> expected : maps(test.get("alert_rule_test"))) {
                    List<Map<?, ?>> firing = maps(expected.get("exp_alerts"));
                    Map<String, String> labels = firing.isEmpty()
                            ? Map.of()
                            : texts(firing.getFirst().get("exp_labels"));
                    cases.add(new Case(text(expected, "alertname"), !firing.isEmpty(), labels));
                }
            }
        }
        return cases;
    }

    /// The YAML files of a folder, in the order of their names.
    static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<?, ?>> rulesOf(Path file) {
        return maps(read(file).get("groups")).stream()
                .flatMap(group -> maps(group.get("rules")).stream())
                .toList();
    }

    private static Map<?, ?> read(Path file) {
        try {
            return new Yaml().<Map<?, ?>>load(Files.readString(file, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(list)) {
            maps.add((Map<?, ?>) each);
        }
        return maps;
    }

    private static String text(Map<?, ?> map, String key) {
        return String.valueOf(map.get(key));
    }

    private static Map<String, String> texts(@Nullable Object map) {
        Map<String, String> texts = new TreeMap<>();
        ((Map<?, ?>) Objects.requireNonNull(map))
                .forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }
}
