package dev.heliograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

    static Stream<String> commands() {
        CommandLine line = Main.commandLine(new Shell(Map.of(), new ByteArrayInputStream(new byte[0])));
        return line.getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfByExample(String command) {
        Cli.Run run = Cli.run(command, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: heliograph " + command, "Example", "\n  ", "heliograph " + command);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void helpListsTheCommandsSaveTheHiddenOnes() {
        assertThat(Cli.run("--help").out())
                .contains("relay", "token", "publish", "subscribe", "check", "version")
                .doesNotContain("reference", "demo-traffic");
    }

    @Test
    void helpShowsNoSecretOfTheEnvironment() {
        Map<String, String> environment =
                Map.of(TokenCommand.SECRET_VARIABLE, "hidden", PublishCommand.KEY_VARIABLE, "hidden");
        commands()
                .forEach(command -> assertThat(
                                Cli.run(environment, "", command, "--help").out())
                        .doesNotContain("hidden"));
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(Cli.run("version").out()).matches("heliograph \\d+\\.\\d+\\.\\d+\\S* \\(Java \\d.*\\)\\R");
        assertThat(Cli.run("--version").out()).matches("heliograph \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void theReferenceIsTheOneOfTheConfiguration() {
        assertThat(Cli.run("reference").out()).startsWith("# Configuration\n").contains("`http_server.port`");
    }

    @Test
    void noCommandIsWrongUsage() {
        assertUsage(Cli.run(), "heliograph: a command is missing (see heliograph --help)");
    }

    @Test
    void aMisspeltCommandIsToldTheRightOne() {
        assertUsage(
                Cli.run("rellay"),
                "heliograph: what is 'rellay'? Perhaps relay or plan or drill is meant (see heliograph --help)");
    }

    @Test
    void aMissingArgumentIsNamed() {
        assertUsage(
                Cli.run("publish"),
                "heliograph publish: Missing required parameter: 'CHANNEL' (see heliograph publish --help)");
    }

    @Test
    void aStackTraceIsShownOnRequestOnly() {
        assertThat(Cli.run("check", "no-such-file").err()).doesNotContain("\tat ");
        assertThat(Cli.run("check", "--debug", "no-such-file").err()).contains("Failure: no-such-file", "\tat ");
        assertThat(Cli.run("--debug", "check", "no-such-file").err()).contains("\tat ");
    }

    private static void assertUsage(Cli.Run run, String line) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo(line + System.lineSeparator());
    }
}
