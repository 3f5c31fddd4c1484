package dev.heliograph.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetFileTest {

    private static final Path FOLDER = Path.of("/etc/heliograph");

    private static final String LEAST = """
            prometheus_url: http://127.0.0.1:9090
            playbooks: ansible
            inventory: ansible/inventories/production/hosts.yml
            hosts: [relay1, relay2, relay3]
            min: 2
            max: 3
            target_connections: 20000
            textfile: /var/lib/prometheus/node-exporter/heliograph-fleet.prom
            state: /var/lib/heliograph/fleet/state.json
            """;

    /// One whose files are in a folder.
    static FleetConfig config(Path folder) {
        String near = LEAST.replace("/var/lib/prometheus/node-exporter/", "").replace("/var/lib/heliograph/fleet/", "");
        return FleetFile.parse("fleet.yaml", folder, near);
    }

    private static FleetConfig parse(String text) {
        return FleetFile.parse("fleet.yaml", FOLDER, text);
    }

    /// That it is written down here makes a change of a default a change of this test.
    @Test
    void theDefaults() {
        FleetConfig config = parse(LEAST);
        assertThat(config.program()).isEqualTo("ansible-playbook");
        assertThat(config.targetCpu()).isEqualTo(0.6);
        assertThat(config.maxCpu()).isEqualTo(0.9);
        assertThat(config.cooldownOut()).isEqualTo(Duration.ofSeconds(300));
        assertThat(config.cooldownIn()).isEqualTo(Duration.ofSeconds(900));
        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.webhook()).isEmpty();
        FleetConfig.Webhook webhook =
                parse(LEAST + "webhook: {token_file: token}").webhook().orElseThrow();
        assertThat(webhook.socket().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(webhook.port()).isEqualTo(9098);
        assertThat(webhook.tokenFile()).isEqualTo(FOLDER.resolve("token"));
    }

    @Test
    void everyKeyIsRead() {
        FleetConfig config = parse(LEAST + """
                program: /opt/ansible/bin/ansible-playbook
                target_cpu: 0.5
                max_cpu: 0.75
                cooldown_out: 2m
                cooldown_in: 1h
                interval: 10s
                webhook: {address: "::1", port: 9999, token_file: /run/token}
                """);
        assertThat(config.prometheus()).isEqualTo(URI.create("http://127.0.0.1:9090"));
        assertThat(config.playbooks()).isEqualTo(FOLDER.resolve("ansible"));
        assertThat(config.inventory()).isEqualTo(FOLDER.resolve("ansible/inventories/production/hosts.yml"));
        assertThat(config.program()).isEqualTo("/opt/ansible/bin/ansible-playbook");
        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.textfile()).isEqualTo(Path.of("/var/lib/prometheus/node-exporter/heliograph-fleet.prom"));
        assertThat(config.state()).isEqualTo(Path.of("/var/lib/heliograph/fleet/state.json"));
        assertThat(config.webhook()).contains(new FleetConfig.Webhook("::1", 9999, Path.of("/run/token")));
        assertThat(config.policy())
                .isEqualTo(new FleetPolicy(
                        List.of("relay1", "relay2", "relay3"),
                        2,
                        3,
                        20_000,
                        0.5,
                        0.75,
                        Duration.ofMinutes(2),
                        Duration.ofHours(1)));
    }

    @Test
    void allThatIsWrongIsToldAtOnceWithItsLines() {
        assertThatThrownBy(() -> parse(LEAST.replace("max: 3", "maximum: 3").replace("min: 2", "min: two")
                        + "webhook: {prot: 1, token_file: x}\n"))
                .isInstanceOf(FleetException.class)
                .hasMessage("fleet.yaml: line 1: max is missing; line 5: min is no whole number from 1 to 1000;"
                        + " line 6: there is no key 'maximum'; line 10: there is no key 'webhook.prot'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max: 3| max: 4| line 6: max is more than there are hosts",
                "max: 3| max: 1| line 6: max is less than min",
                "max: 3| max: [3]| line 6: max has no value, or more than one",
                "max: 3| max:| line 6: max has no value, or more than one",
                "relay2| relay1| line 4: 'relay1' is there twice",
                "relay2| 'all:!relay1'| line 4: 'all:!relay1' is no name of a host",
                "relay2| --flag| line 4: '--flag' is no name of a host",
                "[relay1, relay2, relay3]| relay1| line 4: hosts is no list of names",
                "http://127.0.0.1:9090| 127.0.0.1:9090| line 1: prometheus_url is no URL such as http://127.0.0.1:9090",
                "target_connections: 20000| target_connections: 0|"
                        + " line 7: target_connections is no whole number from 1 to 100000000",
                "min: 2| interval: soon| line 1: min is missing; line 5: interval is no time like 30s or 15m",
                "min: 2| min: 2\\ninterval: 1ms| line 6: interval is no time like 30s or 15m",
                "min: 2| min: 2\\ntarget_cpu: 60| line 6: target_cpu is no share such as 0.6",
                "min: 2| min: 2\\nmax_cpu: 0.5| line 6: max_cpu is less than target_cpu",
                "min: 2| min: 2\\nwebhook: yes| line 6: webhook is no map of keys",
                "min: 2| min: 2\\nmin: 2| line 6: min is there twice",
                "min: 2| min: 2\\nwebhook: {port: 70000}|"
                        + " line 6: webhook.token_file is missing; line 6: webhook.port is no whole number from 0 to 65535",
            })
    void whatIsWrongIsSaid(String good, String bad, String message) {
        assertThat(LEAST).contains(good);
        assertThatThrownBy(() -> parse(LEAST.replace(good, bad.replace("\\n", "\n"))))
                .isInstanceOf(FleetException.class)
                .message()
                .startsWith("fleet.yaml: ")
                .contains(message.split("; "));
    }

    @Test
    void whatIsNoYamlIsSaidWithItsLine() {
        assertThatThrownBy(() -> parse("min: 1\nmax: [1,\n")).message().startsWith("fleet.yaml: line 3: ");
        assertThatThrownBy(() -> parse("")).hasMessage("fleet.yaml: line 1: a map of keys is expected");
        assertThatThrownBy(() -> parse("- min")).hasMessage("fleet.yaml: line 1: a map of keys is expected");
    }

    @Test
    void pathsAreRelativeToTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("fleet.yaml"), LEAST);
        assertThat(FleetFile.read(file).playbooks()).isEqualTo(folder.resolve("ansible"));
        assertThatThrownBy(() -> FleetFile.read(folder.resolve("other.yaml")))
                .hasMessage(folder.resolve("other.yaml") + ": no such file");
    }
}
