package dev.heliograph.runbook.cluster;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.Spans;
import dev.heliograph.runbook.run.Change;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Runs `ansible-playbook` for the playbooks of a folder: no shell, and variables as a file of JSON. A value in
/// which
/// Ansible would see a template is refused, since variables given from outside are templates to it.
///
/// Hosts are called as in the inventory, and nodes `HOST-COLOUR`: of a limit, `-blue` and `-green` at the end of a name
/// are left out. A playbook that takes too long, or whose thread is interrupted, is ended as Ctrl-C would do it.
public final class AnsiblePlaybooks implements Playbooks {

    /// Where it is when nobody says otherwise: on the `PATH`.
    public static final String PROGRAM = "ansible-playbook";

    /// For playbooks that nobody waits for.
    private static final Duration UNATTENDED = Duration.ofMinutes(30);

    /// A deployment looks at its canary for half an hour, and drains for an hour at most; whoever waits for it can
    /// stop it.
    public static final Duration ATTENDED = Duration.ofHours(4);

    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final Path inventory;
    private final String program;
    private final Duration limit;
    private final Optional<Path> outputs;

    /// Half an hour for each playbook; what they print is not kept.
    ///
    /// @param folder    of the playbooks, `NAME.yml` each
    /// @param inventory a file or a folder of one
    /// @param program   `ansible-playbook`, or where it is
    public AnsiblePlaybooks(Path folder, Path inventory, String program) {
        this(folder, inventory, program, UNATTENDED, Optional.empty());
    }

    /// @param folder    of the playbooks, `NAME.yml` each
    /// @param inventory a file or a folder of one
    /// @param program   `ansible-playbook`, or where it is
    /// @param limit     of the time that a playbook may take
    /// @param outputs   the folder where the output of one that fails is kept; it is made when it is needed
    public AnsiblePlaybooks(Path folder, Path inventory, String program, Duration limit, Optional<Path> outputs) {
        this.folder = folder;
        this.inventory = inventory;
        this.program = program;
        this.limit = limit;
        this.outputs = outputs;
    }

    @Override
    public Change propose(Map<String, String> arguments) {
        PlaybookCall call = PlaybookCall.of(arguments);
        if (!Files.isRegularFile(call.file(folder))) {
            throw new RunbookException("There is no playbook '" + call.playbook() + "' in " + folder + ".");
        }
        // Ansible would go on without hosts, and say that all is well.
        if (!Files.exists(inventory)) {
            throw new RunbookException("There is no inventory " + inventory + ".");
        }
        return new Play(call);
    }

    private final class Play implements Change {

        private final PlaybookCall call;

        Play(PlaybookCall call) {
            this.call = call;
        }

        @Override
        public String title() {
            return "Run the playbook " + call.playbook();
        }

        @Override
        public List<String> effects() {
            return List.of(call.line(program, inventory.toString(), folder));
        }

        @Override
        public Done make(String reason) {
            return make(reason, _ -> {});
        }

        @Override
        public Done make(String reason, Consumer<String> told) {
            try {
                Path vars = Files.createTempFile("heliograph-playbook", ".json");
                try {
                    Files.writeString(vars, JSON.writeValueAsString(call.variables()));
                    return run(vars, told);
                } finally {
                    Files.delete(vars);
                }
            } catch (ClosedByInterruptException _) {
                throw failed("was stopped before it had begun");
            } catch (IOException e) {
                throw failed("could not be run: " + e.getMessage());
            }
        }

        private Done run(Path vars, Consumer<String> told) throws IOException {
            Path output = output();
            boolean well = false;
            try {
                int code = start(vars, output).await(limit, told);
                PlaybookOutput printed = new PlaybookOutput(Files.readString(output));
                if (code != 0) {
                    String why = printed.failure();
                    throw failed("failed" + (why.isEmpty() ? " with code " + code : why) + kept(output));
                }
                String recap = printed.recap()
                        .orElseThrow(() -> failed("did nothing: no host of " + inventory + " is meant" + kept(output)));
                well = true;
                return new Done(
                        "Ran the playbook " + call.playbook() + (recap.isEmpty() ? "" : ": " + recap),
                        Optional.empty());
            } catch (TimeoutException _) {
                throw failed("did not end within " + Spans.text(limit) + ", and was stopped" + kept(output));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw failed("was stopped; what it has done stays done" + kept(output));
            } finally {
                if (well || outputs.isEmpty() || Files.size(output) == 0) {
                    Files.delete(output);
                }
            }
        }

        private PlaybookProcess start(Path vars, Path output) {
            List<String> whole = call.words(program, inventory.toString(), folder);
            whole.add("--extra-vars=@" + vars);
            try {
                return PlaybookProcess.start(whole, output);
            } catch (IOException e) {
                throw failed(
                        "could not be run: " + String.valueOf(e.getMessage()).strip() + ". By hand, where Ansible is: "
                                + call.line(PROGRAM, inventory.toString(), folder));
            }
        }

        private Path output() throws IOException {
            if (outputs.isEmpty()) {
                return Files.createTempFile("heliograph-playbook", ".log");
            }
            Files.createDirectories(outputs.get());
            return Files.createTempFile(outputs.get(), call.playbook() + "-", ".log");
        }

        private String kept(Path output) {
            return outputs.isEmpty() ? "" : ". All of its output is in " + output;
        }

        private RunbookException failed(String how) {
            return new RunbookException("The playbook " + call.playbook() + " " + how);
        }
    }
}
