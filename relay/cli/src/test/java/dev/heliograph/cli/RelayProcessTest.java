package dev.heliograph.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A relay as users start it: a process of its own.
@Timeout(120)
class RelayProcessTest {

    private static final Pattern LISTENING = Pattern.compile("heliograph \\S+ listening on 127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    private Path folder = Path.of("");

    private Process relay;
    private BufferedReader out;
    private String address = "";

    @BeforeEach
    void start() throws IOException {
        Path config = Files.writeString(folder.resolve("relay.yaml"), RelayFixture.YAML.replace("error", "info"));
        relay = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "relay",
                        "--config",
                        config.toString())
                .redirectError(folder.resolve("err").toFile())
                .start();
        out = relay.inputReader();
        Matcher listening = LISTENING.matcher(String.valueOf(out.readLine()));
        assertThat(listening.matches()).as(this::err).isTrue();
        address = "127.0.0.1:" + listening.group(1);
    }

    @AfterEach
    void end() {
        relay.destroyForcibly();
    }

    @Test
    void isReadyWhenItSaysSoAndEndsWithZeroOnSigterm() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> ready = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + address + "/health/ready"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(ready.statusCode()).isEqualTo(200);
        }
        signal("TERM");
        assertThat(relay.waitFor(60, SECONDS)).isTrue();
        assertThat(relay.exitValue()).as(this::err).isZero();
        assertThat(out.readLine()).isEqualTo("heliograph stopped");
        assertThat(err()).isEmpty();
    }

    @Test
    void endsWithZeroOnSigintWhileASubscriberIsConnected() throws IOException, InterruptedException {
        Process subscriber = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "subscribe",
                        "--url",
                        "ws://" + address,
                        "chat:1")
                .start();
        try (BufferedReader said = subscriber.errorReader()) {
            assertThat(said.lines().anyMatch("subscribed to chat:1"::equals)).isTrue();
            signal("INT");
        } finally {
            subscriber.destroyForcibly();
        }
        assertThat(relay.waitFor(60, SECONDS)).isTrue();
        assertThat(relay.exitValue()).as(this::err).isZero();
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(relay.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private String err() {
        try {
            return Files.readString(folder.resolve("err"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
