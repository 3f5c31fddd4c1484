package dev.heliograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    private Path file = Path.of("");

    @BeforeEach
    void placeTheFile(@TempDir Path folder) {
        file = folder.resolve("relay.yaml");
    }

    @Test
    void aGoodFileIsOk() throws IOException {
        Files.writeString(file, RelayFixture.YAML);
        Cli.Run run = Cli.run("check", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(file + ": ok" + System.lineSeparator());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void everyProblemIsALineWithFileKeyAndReason() throws IOException {
        Files.writeString(file, """
                http_server:
                  prot: 1
                log:
                  level: loud
                channel:
                  namespaces:
                    - name: c
                """);
        Cli.Run run = Cli.run("check", file.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith(file + ": "))
                .anySatisfy(line -> assertThat(line).contains("http_server.prot: unknown key"))
                .anySatisfy(line -> assertThat(line).contains("log.level: 'loud'"))
                .anySatisfy(line -> assertThat(line).contains("channel.namespaces[0].name: "));
    }

    @Test
    void aProblemOfTheEnvironmentIsFoundToo() throws IOException {
        Files.writeString(file, "");
        Cli.Run run = Cli.run(Map.of("HELIOGRAPH_HTTP_SERVER_PORT", "high"), "", "check", file.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("HELIOGRAPH_HTTP_SERVER_PORT", "'high'");
    }

    @Test
    void whatIsNotYamlIsOneLine() throws IOException {
        Files.writeString(file, "a: [1,\nb: }");
        Cli.Run run = Cli.run("check", file.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().startsWith(file + ": ");
    }

    @Test
    void aFileThatIsNotThereIsOneLine() {
        Cli.Run run = Cli.run("check", file.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).containsExactly("heliograph check: " + file + ": no such file");
    }

    @Test
    void aFolderIsNoFile() {
        Path folder = file.toAbsolutePath().getParent();
        Cli.Run run = Cli.run("check", String.valueOf(folder));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .containsExactly("heliograph check: " + folder + ": is a directory, not a configuration file");
    }
}
