package dev.heliograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.capacity.Calibration;
import dev.heliograph.capacity.CapacityModel;
import dev.heliograph.capacity.Demand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanCommandTest {

    private static final Path ROLES = Path.of("..", "..", "ansible", "roles");
    private static final Pattern VARIABLE = Pattern.compile("(?m)^([a-z_]+): .+$");
    private static final Pattern OPTION = Pattern.compile("(?m)^      ([a-z_]+):$");

    @TempDir
    private Path folder = Path.of("");

    private static Cli.Run plan(String... more) {
        List<String> all = new ArrayList<>(List.of("plan"));
        all.addAll(List.of(more));
        return Cli.run(all.toArray(String[]::new));
    }

    private static JsonNode json(String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of("--output", "json"));
        all.addAll(List.of(more));
        Cli.Run run = plan(all.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return new JsonMapper().readTree(run.out());
    }

    @Test
    void theFirstLineIsTheAnswerAndTheSecondWhatBinds() {
        Cli.Run run = plan();
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList().getFirst())
                .matches("\\d+ relays, of which 1 may be lost, of 4 cores and 8 GiB and Redis in \\d+ shards? on \\d+"
                        + " hosts: \\$[\\d,]+ a month\\.");
        assertThat(run.out().lines().toList().get(1)).matches(".+ binds?: .+\\.");
        assertThat(run.out())
                .containsPattern("(?m)^RESOURCE +USED +OF +UNIT +UTILISATION +ALLOWED +OF THAT$")
                .containsPattern("(?m)^cpu +[\\d.]+ +4 +cores +[\\d.]+ % +60 % +[\\d.]+ %$")
                .containsPattern("(?m)^When a relay is lost its clients are back after .+ connects/s; ")
                .containsPattern("(?m)^this, on \\d+ hosts +[\\d,]+ ")
                .contains("Check them before you decide", "What is uncertain:", "(M/M/1)");
    }

    @Test
    void jsonIsThePlanOfTheModelWithWhatOthersCost() throws IOException {
        JsonNode all = json("--connections", "200000", "--fan-out", "50", "--publish-rate", "500.5");
        ObjectNode changes = new JsonMapper()
                .createObjectNode()
                .put("connections", 200_000)
                .put("fan_out", 50)
                .put("publish_rate", 500.5);
        ObjectNode expected = new CapacityModel(Calibration.reference())
                .plan(Demand.DEFAULT.with("test", changes))
                .json();
        assertThat(all.path("demand"))
                .isEqualTo(new JsonMapper().readTree(expected.path("demand").toString()));
        assertThat(all.path("nodes")).isEqualTo(expected.path("nodes"));
        assertThat(all.path("binding")).isEqualTo(expected.path("binding"));
        assertThat(all.path("managed").size()).isGreaterThanOrEqualTo(3);
        assertThat(all.path("managed").findValuesAsText("as_of")).allMatch(each -> each.matches("\\d{4}-\\d{2}.*"));
        assertThat(all.has("curve")).isFalse();
    }

    @Test
    void ansibleVariablesAreThoseThatRolesRead() throws IOException {
        Cli.Run run = plan("--output", "ansible", "--connections", "300000", "--publish-rate", "40000");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("---\n# Made by `heliograph plan`: ").contains("this load wants ");
        Set<String> written = names(VARIABLE, run.out());
        assertThat(written)
                .contains("relay_connection_limit", "relay_max_open_files", "redis_maxmemory", "haproxy_admitted_rate");
        Set<String> known = new TreeSet<>();
        try (Stream<Path> roles = Files.list(ROLES)) {
            for (Path role : roles.toList()) {
                Path specs = role.resolve("meta").resolve("argument_specs.yml");
                if (Files.exists(specs)) {
                    known.addAll(names(OPTION, Files.readString(specs)));
                }
            }
        }
        assertThat(known).containsAll(written);
        String comments =
                run.out().lines().filter(line -> !line.startsWith("#")).skip(1).collect(Collectors.joining("\n"));
        assertThat(comments.lines()).allMatch(line -> VARIABLE.matcher(line).matches());
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void withoutRedisNothingIsSaidOfIt() {
        Cli.Run run = plan("--output", "ansible", "--failures", "0", "--connections", "100");
        assertThat(run.out()).contains("`relays` wants 1 host.").doesNotContain("redis_maxmemory");
        assertThat(plan("--failures", "0", "--connections", "100").out())
                .startsWith("1 relay, which may not be lost, ")
                .doesNotContain("redis cpu");
    }

    @Test
    void optionsWinOverTheFile() throws IOException {
        Path demand = Files.writeString(
                folder.resolve("load.json"), "{\"connections\": 5, \"fan_out\": 2, \"latency_ms\": 333}");
        JsonNode all = json("--demand", demand.toString(), "--connections", "7");
        assertThat(all.at("/demand/connections").asInt()).isEqualTo(7);
        assertThat(all.at("/demand/latency_ms").asInt()).isEqualTo(333);
        assertThat(json("--demand", demand.toString()).at("/demand/connections").asInt())
                .isEqualTo(5);
    }

    @Test
    void aCalibrationOfOnesOwnIsUsed() throws IOException {
        String slower = Calibration.reference()
                .json()
                .replaceFirst("\"connect_cpu_us\" : [\\d.]+", "\"connect_cpu_us\" : 100000.0")
                .replaceFirst("\"machine\" : \"[^\"]*\"", "\"machine\" : \"a slow one\"");
        Path file = Files.writeString(folder.resolve("mine.json"), slower);
        Cli.Run run = plan("--calibration", file.toString(), "--connect-rate", "500");
        assertThat(run.out()).contains("(a slow one, ");
        assertThat(json("--calibration", file.toString(), "--connect-rate", "500")
                        .path("nodes")
                        .asInt())
                .isGreaterThan(json("--connect-rate", "500").path("nodes").asInt());
    }

    @Test
    void aPriceListOfOnesOwnIsUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("prices.json"), """
            {"note": "ours", "currency": "EUR", "services": [{"name": "Somebody", "priced": "all", "as_of": "2026-10",
             "note": "", "base_month": 4321, "message_kib": 64, "counted": "delivered", "message_tiers": [],
             "connection_tiers": [], "channel_tiers": []}]}
            """);
        assertThat(plan("--prices", file.toString()).out())
                .containsPattern("(?m)^Somebody +4,321 +2026-10 +[\\d.]+ times$")
                .containsPattern("(?m)^A MONTH +EUR ")
                .doesNotContain("Ably");
    }

    @Test
    void aCurveShowsWhatVaries() throws IOException {
        assertThat(plan("--curve", "connections").out())
                .containsPattern("(?m)^CONNECTIONS +RELAYS +A MONTH +BINDS$")
                .containsPattern("(?m)^80,000 +\\d");
        JsonNode curve = json("--curve", "publish-rate").path("curve");
        assertThat(curve.path("points")).hasSize(13);
        assertThat(curve.at("/points/0/value").asDouble()).isEqualTo(12.5);
        assertThat(curve.at("/now").asDouble()).isEqualTo(100);
        assertThat(plan("--curve", "fan-out").out()).containsPattern("(?m)^From [\\d,]+ on it takes \\d+ relays\\.$");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--connections 0              | --connections: 0 is not between 1 and 100000000",
                "--connections many           | Invalid value for option '--connections'",
                "--connections 5              | options: fan_out: 10 is more than the 5 connections",
                "--fan-out 20000              | --fan-out: 20000 is more than the 10000 connections",
                "--publish-rate NaN           | --publish-rate: ",
                "--presence-share 2           | --presence-share: 2 is not between 0 and 1",
                "--guarantee exactly-once     | --guarantee: is none of best-effort, at-least-once, effectively-once",
                "--target-utilisation 1       | --target-utilisation: 1 is not between 0.05 and 0.9",
                "--output xml                 | Invalid value for option '--output'",
                "--curve colour               | 'colour' is no number of a load",
                "--curve publish-rate --publish-rate 0 | publish_rate: 0 can not be multiplied",
                "--demand no-such-file        | no-such-file: there is no such file",
                "--calibration no-such-file   | no-such-file: there is no such file",
                "--prices no-such-file        | no-such-file: there is no such file",
                "--colour blue                | what is '--colour'?",
                "calibrate                    | Missing required option: '--output=FILE'",
                "calibrate --output no-such-folder/x | --output: no-such-folder/x is no place for a file",
            })
    void badInputIsOneLineAndExitCodeTwo(String arguments, String reason) {
        Cli.Run run = plan(arguments.strip().split(" "));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("heliograph plan")
                .contains(reason);
    }

    static Stream<String> brokenFiles() {
        return Stream.of("", "[]", "{\"nodes\": 3}", "{\"connections\": -3}", "{\"connections\":");
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void aBrokenFileIsNamedWhateverItIsFor(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.json"), text);
        for (String option : List.of("--demand", "--calibration", "--prices")) {
            Cli.Run run = plan(option, file.toString());
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().lines()).singleElement().asString().contains(file.toString() + ": ");
        }
    }

    @Test
    void whatNothingCarriesIsAFailureAndNoWrongUsage() {
        Cli.Run run = plan("--latency-ms", "1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("heliograph plan: a p99 of 1 ms can not be met: ");
    }

    @Test
    void helpHasTheDefaultsOfTheModel() {
        assertThat(plan("--help").out())
                .containsPattern("--connections=N +At the same time. Default: " + Demand.DEFAULT.connections())
                .contains("Default: 0.6", "calibrate");
        assertThat(plan("calibrate", "--help").out())
                .contains("Example", "heliograph plan calibrate --output mine.json");
    }
}
