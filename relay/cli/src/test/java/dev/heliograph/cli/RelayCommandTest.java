package dev.heliograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayCommandTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aPortInUseIsOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Cli.Run run = relay(RelayFixture.YAML.replace("port: 0", "port: " + taken.getLocalPort()));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().lines())
                    .containsExactly("heliograph relay: cannot listen on " + address + ": Address already in use");
        }
    }

    @Test
    void anAddressOfAnotherHostIsOneLine() throws IOException {
        // 192.0.2.0/24 is for documentation (RFC 5737): no host has it.
        Cli.Run run = relay(RelayFixture.YAML.replace("127.0.0.1", "192.0.2.1"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("heliograph relay: cannot listen on 192.0.2.1:0: ");
    }

    @Test
    void aDirectoryThatAnotherRelayUsesIsOneLineThatSaysWhatToSet() throws IOException {
        Path shared = folder.resolve("heliograph-data");
        String yaml = RelayFixture.YAML + """
                admin: {enabled: true, port: 0}
                control: {directory: '%s'}
                """.formatted(shared);
        try (Relay _ = Relay.start(RelayConfig.parse(yaml))) {
            Cli.Run run = relay(yaml);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().lines())
                    .containsExactly("heliograph relay: control.directory: '" + shared
                            + "' is in use by another relay; set it to a directory of this relay's own");
        }
    }

    @Test
    void aWrongConfigurationIsRefusedLikeCheckDoes() throws IOException {
        Cli.Run run = relay("http_server:\n  port: high\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(Cli.run("check", file().toString()).err())
                .contains("http_server.port");
    }

    @Test
    void aMissingFileIsOneLine() {
        Cli.Run run = Cli.run("relay", "--config", file().toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).containsExactly("heliograph relay: " + file() + ": no such file");
    }

    private Path file() {
        return folder.resolve("relay.yaml");
    }

    private Cli.Run relay(String yaml) throws IOException {
        Files.writeString(file(), yaml);
        return Cli.run("relay", "--config", file().toString());
    }
}
