package dev.heliograph.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The figures of a run: one line `RESULT name: key=value ...` on standard output, and `target/results/name.json`.
public final class Results {

    private final String name;
    private final List<String> shown = new ArrayList<>();
    private final List<String> members = new ArrayList<>();

    public Results(String name) {
        this.name = name;
    }

    /// @param value as it stands in the line
    /// @param json  as it stands in the file
    public void add(String key, String value, String json) {
        shown.add(key + "=" + value);
        members.add("  \"%s\": %s".formatted(key, json));
    }

    /// @param verdict ends the line
    public void write(String verdict) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "results"));
        Files.writeString(folder.resolve(name + ".json"), "{\n" + String.join(",\n", members) + "\n}\n");
        System.out.println("RESULT " + name + ": " + String.join(" ", shown) + verdict);
    }
}
