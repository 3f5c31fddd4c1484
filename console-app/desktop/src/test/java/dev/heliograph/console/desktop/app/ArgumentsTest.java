package dev.heliograph.console.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.console.cluster.Ansible;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {

    @TempDir
    private Path directory;

    @Test
    void nothingIsEnough() {
        assertThat(Arguments.parse(List.of(), Map.of()).hasCluster()).isFalse();
    }

    @Test
    void aClusterHasSeveralAddressesAndATokenFromAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("ann.token"), "secret\n");

        Arguments arguments = Arguments.parse(
                List.of(
                        "--url",
                        "http://10.0.0.1:9100/",
                        "--url",
                        "https://[::1]:9100",
                        "--token-file",
                        file.toString(),
                        "--name",
                        "fra-edge",
                        "--environment",
                        "production"),
                Map.of(Arguments.TOKEN_VARIABLE, "other"));

        assertThat(arguments.urls())
                .containsExactly(URI.create("http://10.0.0.1:9100"), URI.create("https://[::1]:9100"));
        assertThat(arguments.token()).contains("secret");
        assertThat(arguments.clusterName()).isEqualTo("fra-edge");
        assertThat(arguments.environment()).isEqualTo("production");
    }

    @Test
    void theTokenMayComeFromTheEnvironmentAndTheNameFromTheAddress() {
        Arguments arguments = Arguments.parse(
                List.of("--url", "http://relay.example:9100"), Map.of(Arguments.TOKEN_VARIABLE, "secret"));

        assertThat(arguments.token()).contains("secret");
        assertThat(arguments.clusterName()).isEqualTo("relay.example");
    }

    @Test
    void aPrometheusMayHaveRelaysOfSeveralClusters() {
        Arguments arguments = Arguments.parse(
                List.of("--prometheus", "http://prometheus:9090", "--matchers", "{job=relay,cluster!=\"us\"}"),
                Map.of());

        assertThat(arguments.prometheus()).contains(URI.create("http://prometheus:9090"));
        assertThat(arguments.matchers()).isEqualTo("job=\"relay\",cluster!=\"us\"");
    }

    @Test
    void playbooksHaveAnInventory() throws IOException {
        Path hosts = Files.writeString(directory.resolve("hosts.yml"), "");
        assertThat(Arguments.parse(List.of("--inventory", hosts.toString()), Map.of())
                        .ansible())
                .contains(new Ansible(hosts, Optional.empty()));
        assertThat(Arguments.parse(
                                List.of("--playbooks", directory.toString(), "--inventory", hosts.toString()), Map.of())
                        .ansible())
                .contains(new Ansible(hosts, Optional.of(directory)));
    }

    @Test
    void whatMakesNoSenseIsSaid() {
        refused("--url wants a --token-file", "--url", "http://relay.example:9100");
        refused("--url wants an address", "--url", "relay.example:9100");
        refused("--url wants an address", "--url", "http:// x");
        refused("--colour is no option", "--colour", "red");
        refused("--url wants a value", "--url");
        refused("--matchers wants labels", "--matchers", "relay");
        refused(
                "--inventory: there is no",
                "--inventory",
                directory.resolve("none").toString());
        refused("--playbooks wants an --inventory", "--playbooks", directory.toString());
        refused("cannot read", "--token-file", directory.resolve("none").toString());
    }

    private static void refused(String why, String... words) {
        assertThatThrownBy(() -> Arguments.parse(List.of(words), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
