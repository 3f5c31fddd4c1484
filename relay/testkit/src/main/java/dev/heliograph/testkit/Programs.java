package dev.heliograph.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Programs of this system that have more than one name.
final class Programs {

    private Programs() {}

    /// The first name that is on the path, else the last one.
    static String find(String... names) {
        List<Path> folders = Stream.of(System.getenv("PATH").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
        return Stream.of(names)
                .filter(name -> folders.stream().anyMatch(folder -> Files.isExecutable(folder.resolve(name))))
                .findFirst()
                .orElse(names[names.length - 1]);
    }
}
