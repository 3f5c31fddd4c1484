package dev.heliograph.runbook.cluster;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.run.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Runs `ansible-playbook` for the playbooks of a folder: no shell, and variables as a file of JSON. A value in
/// which
/// Ansible would see a template is refused, since variables given from outside are templates to it.
public final class AnsiblePlaybooks implements Playbooks {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern HOSTS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:,&!-]{0,255}");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{|\\{%|\\{#");
    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final JsonMapper JSON = new JsonMapper();

    /// As much of the output as fits into a transcript.
    private static final int LAST_LINES = 3;

    private final Path folder;
    private final Path inventory;
    private final String program;

    /// @param folder    of the playbooks, `NAME.yml` each
    /// @param inventory a file or a folder of one
    /// @param program   `ansible-playbook`, or where it is
    public AnsiblePlaybooks(Path folder, Path inventory, String program) {
        this.folder = folder;
        this.inventory = inventory;
        this.program = program;
    }

    @Override
    public Change propose(Map<String, String> arguments) {
        Map<String, String> variables = new TreeMap<>(arguments);
        String playbook = String.valueOf(variables.remove("playbook"));
        Path file = folder.resolve(playbook + ".yml");
        if (!NAME.matcher(playbook).matches() || !Files.isRegularFile(file)) {
            throw new RunbookException("There is no playbook '" + playbook + "' in " + folder + ".");
        }
        Optional<String> limit = Optional.ofNullable(variables.remove("limit"));
        if (limit.isPresent() && !HOSTS.matcher(limit.get()).matches()) {
            throw new RunbookException("'" + limit.get() + "' names no hosts.");
        }
        variables.forEach((name, value) -> {
            if (TEMPLATE.matcher(value).find()) {
                throw new RunbookException("The value of " + name + " is a template to Ansible, and is refused.");
            }
        });
        List<String> command = new ArrayList<>(List.of(program, "--inventory", inventory.toString(), file.toString()));
        limit.ifPresent(hosts -> command.add("--limit=" + hosts));
        return new Play(playbook, command, variables);
    }

    private record Play(String playbook, List<String> command, Map<String, String> variables) implements Change {

        @Override
        public String title() {
            return "Run the playbook " + playbook;
        }

        @Override
        public List<String> effects() {
            return List.of(
                    String.join(" ", command) + (variables.isEmpty() ? "" : " with " + JSON.valueToTree(variables)));
        }

        @Override
        public Done make(String reason) {
            try {
                Path vars = Files.createTempFile("heliograph-playbook", ".json");
                Path output = Files.createTempFile("heliograph-playbook", ".log");
                try {
                    Files.writeString(vars, JSON.writeValueAsString(variables));
                    List<String> whole = new ArrayList<>(command);
                    whole.add("--extra-vars=@" + vars);
                    return run(whole, output);
                } finally {
                    Files.delete(vars);
                    Files.delete(output);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }

        private Done run(List<String> whole, Path output) throws IOException {
            Process process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                    throw new RunbookException(
                            "The playbook " + playbook + " did not end within " + TIMEOUT.toMinutes() + " minutes.");
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new RunbookException("Interrupted while the playbook " + playbook + " ran.");
            } finally {
                process.destroy();
            }
            String end = end(Files.readString(output));
            if (process.exitValue() != 0) {
                throw new RunbookException("The playbook " + playbook + " failed: " + end);
            }
            return new Done("Ran the playbook " + playbook + ": " + end, Optional.empty());
        }

        private static String end(String output) {
            List<String> lines = output.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        }
    }
}
