package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "config",
        description = "Show the configuration that a running relay has in force.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  heliograph config show --given",
            "  heliograph config show client.token",
            "",
            "'heliograph check FILE' tells what is wrong with a file."
        })
public final class ConfigCommand implements Runnable {

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ConfigCommand(Shell shell) {
        this.shell = shell;
    }

    /// The commands below it.
    public List<Object> subcommands() {
        return List.of(new Show(shell));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(
            name = "show",
            description = {
                "Show what is in force on the node that is asked, after reloads, too.",
                "Of secrets it tells whether they are set."
            },
            footer = {"", "Example:", "  heliograph config show --given"})
    static final class Show extends OperatorCommand implements Callable<Integer> {

        @Parameters(
                paramLabel = "KEY",
                arity = "0..1",
                description = "Only this setting, or this section. Default: all.")
        private String key = "";

        @Option(names = "--given", description = "Only what the file or the environment gives.")
        private boolean given;

        Show(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() throws InterruptedException {
            JsonNode answer = send(AdminClient.get("/v1/config"));
            Iterator<JsonNode> settings = answer.withArray("settings").elements();
            while (settings.hasNext()) {
                if (!isAskedFor(settings.next())) {
                    settings.remove();
                }
            }
            if (shownAsJson(answer)) {
                return 0;
            }
            Table table = new Table("KEY", "VALUE", "FROM", "A CHANGE TAKES EFFECT");
            for (JsonNode setting : answer.path("settings")) {
                table.row(
                        setting.path("key").asText(),
                        value(setting),
                        setting.path("source").asText(),
                        effect(setting.path("effect").asText()));
            }
            table.print(out(), "there is no such setting");
            return 0;
        }

        private boolean isAskedFor(JsonNode setting) {
            String name = setting.path("key").asText();
            return (key.isEmpty() || name.equals(key) || name.startsWith(key + "."))
                    && !(given && setting.path("source").asText().equals("default"));
        }

        private static String value(JsonNode setting) {
            if (!setting.path("set").asBoolean()) {
                return "-";
            }
            return setting.has("value") ? setting.path("value").asText() : "(set, not shown)";
        }

        private static String effect(String word) {
            return word.equals("restart") ? "with a restart" : word.replace('_', ' ');
        }
    }
}
