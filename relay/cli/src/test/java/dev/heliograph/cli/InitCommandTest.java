package dev.heliograph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.server.config.RelayConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class InitCommandTest {

    private static final List<String> GROUPS = List.of("load_balancers", "relays", "redis", "sentinels", "monitoring");

    private static final List<String> FILES =
            List.of("relay.yaml", "inventory/hosts.yml", "inventory/group_vars/all/main.yml");

    private Path out = Path.of("");

    @BeforeEach
    void place(@TempDir Path folder) {
        out = folder.resolve("heliograph");
    }

    private Cli.Run init(String in, String... options) {
        List<String> words = new ArrayList<>(List.of("init", "--out", out.toString()));
        words.addAll(List.of(options));
        return Cli.run(Map.of(), in, words.toArray(String[]::new));
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (String purpose : List.of("chat", "notifications", "dashboards", "collaboration", "games", "telemetry")) {
            for (String guarantee : List.of("best-effort", "at-least-once", "effectively-once")) {
                cases.add(Arguments.of(purpose, guarantee, "none", "self-hosted"));
                cases.add(Arguments.of(purpose, guarantee, "192.0.2.1", "self-hosted"));
                cases.add(
                        Arguments.of(purpose, guarantee, "192.0.2.1,192.0.2.2", "rediss://me@cache.example.com:6380"));
                cases.add(
                        Arguments.of(purpose, guarantee, "192.0.2.1,192.0.2.2,192.0.2.3", "redis://cache.example.com"));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatItWritesARelayTakes(String purpose, String guarantee, String hosts, String redis) throws IOException {
        Cli.Run run =
                init("", "--purpose", purpose, "--guarantee", guarantee, "--hosts", hosts, "--redis", redis, "--yes");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        Path file = out.resolve("relay.yaml");
        RelayConfig config = RelayConfig.load(Optional.of(file), Map.of());
        assertThat(Cli.run("check", file.toString()).out()).isEqualTo(file + ": ok" + System.lineSeparator());

        Map<?, ?> variables = map(yaml(out.resolve("inventory/group_vars/all/main.yml")));
        // The inventory has the same namespaces and limits, and its settings beside them are good, too.
        assertThat(variables.get("relay_namespaces")).isEqualTo(at(yaml(file), "channel", "namespaces"));
        assertThat(variables.get("relay_connection_limit"))
                .isEqualTo(config.client().connectionLimit())
                .isEqualTo(at(yaml(file), "client", "connection_limit"));
        Map<?, ?> settings = map(at(variables, "relay_settings"));
        RelayConfig.parse(new Yaml().dump(settings));
        assertThat(settings.containsKey("broker")).isEqualTo(redis.contains("cache"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theInventoryHasEachGroupWithHostsThatAreThere(String purpose, String guarantee, String hosts, String redis)
            throws IOException {
        init("", "--purpose", purpose, "--guarantee", guarantee, "--hosts", hosts, "--redis", redis, "--yes");
        Map<?, ?> inventory = map(yaml(out.resolve("inventory/hosts.yml")));
        Map<?, ?> all = map(at(inventory, "all", "hosts"));
        for (String group : GROUPS) {
            assertThat(all.keySet()
                            .containsAll(map(at(inventory, group, "hosts")).keySet()))
                    .as(group)
                    .isTrue();
        }
        assertThat(map(at(inventory, "redis", "hosts")).isEmpty()).isEqualTo(redis.contains("cache"));
        assertThat(Files.readString(out.resolve("inventory/hosts.yml")).contains("PLACEHOLDERS"))
                .isEqualTo(hosts.equals("none"));
    }

    /// Names of variables that the roles know, and each value has a comment.
    @Test
    void variablesAreThoseOfTheRoles() throws IOException {
        init(
                "",
                "--connections",
                "100000",
                "--guarantee",
                "effectively-once",
                "--hosts",
                "192.0.2.1,192.0.2.2",
                "--yes");
        String roles = "";
        for (String role : List.of("relay", "haproxy", "redis", "redis_exporter", "fleet_controller")) {
            roles += Files.readString(repository().resolve("ansible/roles/" + role + "/defaults/main.yml"));
        }
        String known = roles
                + Files.readString(repository().resolve("ansible/inventories/production/group_vars/all/main.yml"));
        assertThat(map(yaml(out.resolve("inventory/group_vars/all/main.yml"))).keySet())
                .hasSizeGreaterThan(10)
                .allMatch(key -> known.contains("\n" + key + ":"));
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (Files.notExists(folder.resolve("ansible"))) {
            folder = Optional.ofNullable(folder.getParent()).orElseThrow();
        }
        return folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"self-hosted", "rediss://cache.example.com:6380"})
    void ansibleReadsTheInventory(String redis) throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "ansible-inventory"))),
                "SKIPPED: ansible-inventory is not installed");
        init("", "--purpose", "chat", "--connections", "20000", "--redis", redis, "--yes");
        Path json = out.resolve("list.json");
        Path errors = out.resolve("errors");
        Process list = new ProcessBuilder(
                        "ansible-inventory", "-i", out.resolve("inventory").toString(), "--list")
                .redirectOutput(json.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(list.waitFor()).as(Files.readString(errors)).isZero();
        JsonNode inventory = new ObjectMapper().readTree(json.toFile());
        assertThat(inventory.at("/relays/hosts"))
                .extracting(JsonNode::asText)
                .containsExactly("relay1", "relay2", "relay3");
        assertThat(inventory.at("/redis/hosts").size()).isEqualTo(redis.equals("self-hosted") ? 3 : 0);
        assertThat(inventory.at("/sentinels/hosts").size()).isEqualTo(redis.equals("self-hosted") ? 3 : 0);
        JsonNode relay = inventory.at("/_meta/hostvars/relay1");
        assertThat(relay.path("ansible_host").asText()).isEqualTo("192.0.2.1");
        assertThat(relay.at("/relay_namespaces/0/name").asText()).isEqualTo("chat");
        assertThat(relay.path("relay_wait_replicas").asInt()).isEqualTo(redis.equals("self-hosted") ? 1 : 0);
        assertThat(relay.path("heliograph_address").asText()).isEqualTo("{{ ansible_host }}");
    }

    @Test
    void itAsksWhatIsNotGivenAndAsksAgainWhenItDoesNotUnderstand() throws IOException {
        Cli.Run run =
                init("play\ngames\nsoon\n30ms\n192.0.2.1\n\n", "--guarantee", "best-effort", "--connections", "500");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains(
                        "What is it for? chat, ",
                        "'play' is none of chat, ",
                        "'soon' is not a duration",
                        "Which Redis? ");
        assertThat(run.err()).contains("nobody answers: give --origins, or --yes");
        assertThat(out).doesNotExist();

        run = init("games\n30ms\n192.0.2.1,192.0.2.2\n\n\n", "--guarantee", "best-effort", "--connections", "500");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).doesNotContain("How many connections").contains("Which web pages may connect? ");
        assertThat(Files.readString(out.resolve("relay.yaml")))
                .startsWith("# Made by `heliograph init` for games, 500 connections, 30 ms, best-effort.");
    }

    @Test
    void withoutAnAnswerTheOptionIsNamed() {
        Cli.Run run = init("", "--purpose", "chat");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .containsExactly("heliograph init: nobody answers: give --connections, or --yes for what is usual"
                        + " (see heliograph init --help)");
        assertThat(out).doesNotExist();
    }

    @Test
    void aWrongOptionIsNamed() {
        assertThat(init("", "--yes", "--purpose", "fun").err())
                .startsWith("heliograph init: --purpose: 'fun' is none of chat, ");
        assertThat(init("", "--yes", "--hosts", "relay1").err())
                .startsWith("heliograph init: --hosts: 'relay1' is not an IPv4 address");
        assertThat(init("", "--yes", "--redis", "redis://a:hidden@b").err())
                .startsWith("heliograph init: --redis: a password does not belong here")
                .doesNotContain("hidden");
        assertThat(out).doesNotExist();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        for (String name : FILES) {
            Path file = out.resolve(name);
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
            Files.writeString(file, "mine");
            Cli.Run run = init("", "--yes");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).startsWith("heliograph init: " + file + ": is there already; nothing was written.");
            assertThat(FILES.stream().map(out::resolve).filter(Files::exists)).containsExactly(file);
            assertThat(file).hasContent("mine");
            Files.delete(file);
        }
    }

    @Test
    void itSaysWhatItChoseAndWhatToDoNext() {
        Cli.Run run = init("", "--yes", "--guarantee", "effectively-once", "--connections", "20000");
        assertThat(run.out())
                .contains(
                        "wrote " + out.resolve("relay.yaml"),
                        "3 relays: 20,000 connections at 10,000 for each, and one that may be lost.",
                        "Namespace chat: ",
                        "3 Redis with sentinels, wait_replicas 1: ",
                        "idempotency_key",
                        "Mind: ",
                        "make bench",
                        "ansible/make-secrets " + out.resolve("inventory"),
                        "ansible-playbook -i " + out.resolve("inventory") + " ansible/site.yml",
                        "heliograph relay --config " + out.resolve("relay.yaml"));
    }

    private static Object yaml(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    private static Object at(Object tree, String... keys) {
        Object here = tree;
        for (String key : keys) {
            here = Optional.ofNullable((Object) map(here).get(key)).orElseThrow(() -> new AssertionError("no " + key));
        }
        return here;
    }

    private static Map<?, ?> map(Object tree) {
        assertThat(tree).isInstanceOf(Map.class);
        return (Map<?, ?>) tree;
    }
}
