package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The threat model names tests that are there.
class ThreatModelTest {

    private static final Pattern NAME = Pattern.compile("\\b[A-Z]\\w+(?:Test|Contract)\\b");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        Set<String> named = NAME.matcher(Files.readString(Path.of("../../docs/threat-model.md")))
                .results()
                .map(match -> match.group() + ".java")
                .collect(Collectors.toSet());
        Set<String> there;
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            there = files.filter(file -> file.toString().contains("src/test/java"))
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        }
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(there).containsAll(named);
    }
}
