package dev.heliograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishCommandTest {

    private final RelayFixture relay = new RelayFixture();

    @BeforeAll
    void isReady() {
        assertThat(relay.publish("chat:ready", "1").exitCode()).isZero();
    }

    @AfterAll
    void end() {
        relay.close();
    }

    @Test
    void printsThePosition() {
        assertThat(relay.publish("chat:1", "{\"a\":1}").out()).matches("1:\\S+\\R");
        assertThat(relay.publish("chat:1", "{\"a\":2}").out()).matches("2:\\S+\\R");
    }

    @Test
    void withoutHistoryThereIsNoPosition() {
        assertThat(relay.publish("live:1", "1").out().strip()).isEqualTo("published; the channel keeps no history");
    }

    @Test
    void theDataMayComeFromStdin() {
        Cli.Run run = Cli.run(
                Map.of(), "{\"a\":\n1}", "publish", "--url", relay.api(), "--key", RelayFixture.KEY, "chat:stdin");
        assertThat(run.out()).startsWith("1:");
    }

    @Test
    void theKeyMayComeFromTheEnvironment() {
        Cli.Run run = Cli.run(
                Map.of(PublishCommand.KEY_VARIABLE, RelayFixture.KEY),
                "",
                "publish",
                "--url",
                relay.api(),
                "chat:env",
                "1");
        assertThat(run.out()).startsWith("1:");
    }

    @Test
    void keyAndAddressMayComeFromTheConfiguration(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("relay.yaml"),
                RelayFixture.YAML.replace("port: 0", "port: " + relay.api().replaceAll(".*:", "")));
        assertThat(Cli.run("publish", "--config", file.toString(), "chat:config", "1")
                        .out())
                .startsWith("1:");
    }

    @Test
    void theSameIdempotencyKeyPublishesOnce() {
        String first = relay.publish("--idempotency-key", "k", "chat:once", "1").out();
        assertThat(relay.publish("--idempotency-key", "k", "chat:once", "1").out())
                .isEqualTo(first);
    }

    @Test
    void whatIsNotJsonGoesAsTextOrNotAtAll() {
        Cli.Run run = relay.publish("chat:text", "hello");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains("the data is not JSON");
        assertThat(relay.publish("--as", "text", "chat:text", "hello").out()).startsWith("1:");
    }

    @Test
    void aWrongKeyIsOneLine() {
        Cli.Run run = Cli.run("publish", "--url", relay.api(), "--key", "wrong", "chat:1", "1");
        assertFailure(run, "heliograph publish: " + relay.api() + "/api: the API key is wrong");
    }

    @Test
    void aMissingKeyIsOneLine() {
        Cli.Run run = Cli.run("publish", "--url", relay.api(), "chat:1", "1");
        assertFailure(
                run,
                "heliograph publish: " + relay.api() + "/api: the API key is missing: give --key, --config or "
                        + PublishCommand.KEY_VARIABLE);
    }

    @Test
    void aWrongPathIsOneLine() {
        Cli.Run run = Cli.run("publish", "--url", relay.api() + "/nowhere", "--key", RelayFixture.KEY, "chat:1", "1");
        assertFailure(run, "heliograph publish: " + relay.api() + "/nowhere: there is no API at this path");
    }

    @Test
    void aRefusalSaysCodeAndReason() {
        assertFailure(relay.publish("nothing:1", "1"), "heliograph publish: refused: error 102, unknown channel");
    }

    @Test
    void aRefusedConnectionIsOneLine() throws IOException {
        String url = "http://127.0.0.1:" + FreePort.find();
        Cli.Run run = Cli.run("publish", "--url", url, "chat:1", "1");
        assertFailure(run, "heliograph publish: " + url + "/api: cannot connect; is a relay running there?");
    }

    @Test
    void aWrongUrlIsWrongUsage() {
        Cli.Run run = Cli.run("publish", "--url", "localhost:8000", "chat:1", "1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("'localhost:8000' is not a URL such as http://");
    }

    private static void assertFailure(Cli.Run run, String line) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).containsExactly(line);
    }
}
