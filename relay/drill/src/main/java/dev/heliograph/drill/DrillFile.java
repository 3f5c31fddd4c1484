package dev.heliograph.drill;

import dev.heliograph.drill.Drill.Fault;
import dev.heliograph.drill.Drill.Redis;
import dev.heliograph.runbook.Spans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads drills. A key that is not known, or missing, is an error that names it.
public final class DrillFile {

    private static final String SUFFIX = ".yaml";
    private static final Set<String> KEYS = Set.of(
            "title",
            "hypothesis",
            "quick",
            "redis",
            "inject",
            "settle",
            "heals_after",
            "alert",
            "within",
            "also",
            "runbook",
            "values",
            "steps",
            "gap",
            "recovery");

    private final String file;
    private final Map<String, @Nullable Object> root;

    private DrillFile(String file, Map<String, @Nullable Object> root) {
        this.file = file;
        this.root = root;
    }

    /// The drills of a folder by their ids.
    ///
    /// @throws DrillException if one of them is broken, or there is no such folder
    public static List<Drill> folder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DrillException(folder + ": is no folder of drills");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Drill> drills = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                drills.add(parse(String.valueOf(file.getFileName()), Files.readString(file)));
            }
            return drills;
        } catch (IOException e) {
            throw new DrillException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /// @param file its name
    /// @throws DrillException if something is wrong with it
    public static Drill parse(String file, String text) {
        Object read;
        try {
            read = new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text);
        } catch (YamlEngineException e) {
            throw new DrillException(
                    file + ": " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "), e);
        }
        if (!(read instanceof Map<?, ?> map)) {
            throw new DrillException(file + ": is no map of keys");
        }
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        map.forEach((key, value) -> root.put(String.valueOf(key), value));
        return new DrillFile(file, root).drill();
    }

    private Drill drill() {
        for (String key : root.keySet()) {
            if (!KEYS.contains(key)) {
                throw wrong("there is no key '" + key + "'");
            }
        }
        Map<String, String> inject = texts("inject");
        String kind = inject.remove("fault");
        if (kind == null || !Faults.KINDS.contains(kind)) {
            throw wrong("inject.fault is one of "
                    + String.join(", ", Faults.KINDS.stream().sorted().toList()));
        }
        return new Drill(
                file.replaceFirst("\\.yaml$", ""),
                text("title"),
                text("hypothesis").strip(),
                root.getOrDefault("quick", false) == Boolean.TRUE,
                redis(),
                new Fault(kind, inject),
                root.containsKey("settle") ? span("settle") : Duration.ZERO,
                root.containsKey("heals_after") ? Optional.of(span("heals_after")) : Optional.empty(),
                Optional.of(text("alert")).filter(name -> !name.equals("none")),
                span("within"),
                list("also"),
                text("runbook"),
                texts("values"),
                list("steps"),
                span("gap"),
                span("recovery"));
    }

    private Redis redis() {
        String word = String.valueOf(root.getOrDefault("redis", "single"));
        for (Redis each : Redis.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
                return each;
            }
        }
        throw wrong("redis is single or sentinel");
    }

    private String text(String key) {
        if (root.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw wrong(key + " is missing");
    }

    private Duration span(String key) {
        return Spans.parse(text(key)).orElseThrow(() -> wrong(key + " is no time like 30s"));
    }

    private List<String> list(String key) {
        Object value = root.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw wrong(key + " is no list");
    }

    private Map<String, String> texts(String key) {
        Object value = root.get(key);
        Map<String, String> texts = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, each) -> texts.put(String.valueOf(name), String.valueOf(each)));
        } else if (value != null) {
            throw wrong(key + " is no map");
        }
        return texts;
    }

    private DrillException wrong(String sentence) {
        return new DrillException(file + ": " + sentence);
    }
}
