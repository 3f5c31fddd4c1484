package dev.heliograph.cli.runbook;

import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Shell;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookLibrary;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where the runbooks are: the option that all commands for them have.
final class Shelf {

    private static final String VARIABLE = "HELIOGRAPH_RUNBOOKS";
    private static final String FOLDER = "runbooks";

    private final Shell shell;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description =
                    "The runbooks. Default: that of " + VARIABLE + ", else ./runbooks, else those that came along.")
    private Optional<Path> folder = Optional.empty();

    Shelf(Shell shell) {
        this.shell = shell;
    }

    /// @throws Failure if there is no folder
    Path folder() {
        List<Path> places = new ArrayList<>();
        if (folder.isPresent()) {
            places.add(folder.get());
        } else if (!shell.variable(VARIABLE).isEmpty()) {
            places.add(Path.of(shell.variable(VARIABLE)));
        } else {
            places.add(Path.of(FOLDER));
            home().map(home -> home.resolve(FOLDER)).ifPresent(places::add);
        }
        return places.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new Failure(places.getFirst() + ": is no folder of runbooks; give --folder"));
    }

    /// The folder above the program: `lib/x.jar` of a release, `relay/cli/target/classes` of a checkout.
    private static Optional<Path> home() {
        try {
            Path program = Path.of(Shelf.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (Path each = program; each != null; each = each.getParent()) {
                if (Files.isDirectory(each.resolve(FOLDER)) && Files.isDirectory(each.resolve("bin"))) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    RunbookLibrary read() {
        return RunbookLibrary.read(folder());
    }

    /// @throws Failure if there is none, or it is broken
    Runbook runbook(String id) {
        RunbookLibrary library = read();
        return library.runbook(id)
                .orElseThrow(() -> new Failure(library.broken().stream()
                        .filter(sentence -> sentence.startsWith(id + ".md"))
                        .findFirst()
                        .orElse("there is no runbook '" + id
                                + "'; 'heliograph runbook list' shows those that there are")));
    }
}
