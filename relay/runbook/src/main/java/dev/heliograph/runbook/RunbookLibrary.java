package dev.heliograph.runbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The runbooks of a folder.
///
/// @param runbooks by their ids
/// @param broken   sentences about files that are none
public record RunbookLibrary(List<Runbook> runbooks, List<String> broken) {

    private static final String SUFFIX = ".md";

    public RunbookLibrary {
        runbooks = List.copyOf(runbooks);
        broken = List.copyOf(broken);
    }

    /// Reads each `*.md` of the folder that has a front matter; a `README.md` needs none. Blocks.
    public static RunbookLibrary read(Path folder) {
        if (!Files.isDirectory(folder)) {
            return new RunbookLibrary(List.of(), List.of());
        }
        List<Runbook> runbooks = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.endsWith(SUFFIX) || name.equals("README.md")) {
                    continue;
                }
                try {
                    Runbook runbook = RunbookParser.parse(name, Files.readString(file));
                    if (!name.equals(runbook.id() + SUFFIX)) {
                        broken.add(name + ": its id is " + runbook.id() + "; name and id are alike");
                    } else {
                        runbooks.add(runbook);
                    }
                } catch (IOException e) {
                    broken.add(name + " cannot be read: " + e.getMessage());
                } catch (RunbookException e) {
                    broken.add(e.sentence());
                }
            }
        } catch (IOException e) {
            broken.add(folder + " cannot be read: " + e.getMessage());
        }
        return new RunbookLibrary(runbooks, broken);
    }

    public Optional<Runbook> runbook(String id) {
        return runbooks.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /// The one for an alert: the one that its annotation `runbook_url` (or `runbook`) ends with, else the first that
    /// names the alert.
    public Optional<Runbook> forAlert(String name, Map<String, String> annotations) {
        for (String key : List.of("runbook_url", "runbook")) {
            Optional<Runbook> linked = Optional.ofNullable(annotations.get(key)).flatMap(this::linked);
            if (linked.isPresent()) {
                return linked;
            }
        }
        return runbooks.stream().filter(each -> each.alerts().contains(name)).findFirst();
    }

    private Optional<Runbook> linked(String link) {
        String path = link.replaceFirst("[?#].*$", "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        return runbook(last.endsWith(SUFFIX) ? last.substring(0, last.length() - SUFFIX.length()) : last);
    }
}
