package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The log of a relay that runs as users run it, at its most talkative, while hostile clients talk to it.
class LogTest {

    private static final String SECRET = "hmac-secret-of-the-log-test";
    private static final Pattern TEXT = Pattern.compile(
            "(?:\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (?:ERROR|WARN|INFO|DEBUG) [\\w.$]+(?: \\[.*])?: .*|  .*)");
    private static final String FORGED = "2026-01-31T12:00:00.000Z INFO Relay: forged";

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void nobodyForgesALineAndNoSecretIsInOne(String format) throws Exception {
        String user = "mallory\n" + FORGED;
        String good = TokenIssuer.hs256(SECRET, Clock.systemUTC())
                .connection(user)
                .expiresIn(Duration.ofHours(1))
                .sign();
        String log;
        try (RelayProcess relay = RelayProcess.start("""
                http_server: {address: 127.0.0.1, port: 0}
                metrics: {enabled: true, port: 0}
                client: {token: {hmac_secret_key: %s}}
                http_api: {key: "%s"}
                log: {level: debug, format: %s}
                """.formatted(SECRET, RelayProcess.API_KEY, format))) {
            try (WireClient client = new WireClient(relay.port(), Encoding.JSON)) {
                client.ok(connect(good));
                client.call(Request.Subscribe.to("a:b\n" + FORGED));
                client.send(new Command(0, Request.Subscribe.to("x")));
                client.awaitClose();
            }
            try (WireClient client = new WireClient(relay.port(), Encoding.JSON)) {
                client.send(new Command(1, connect(good + "x")));
                client.awaitClose();
            }
            try (RawSocket socket = new RawSocket(relay.port(), null)) {
                socket.write(("POST /connection/websocket?token=" + good + " HTTP/1.1\r\nHost: a\r\nX: " + good
                                + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(UTF_8));
                assertThat(status(relay.url() + "/api/publish?api_key=wrong-key-of-somebody", "{"))
                        .isEqualTo(401);
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> relay.log().contains("3500") && relay.log().contains("handshake refused"));
            relay.terminate();
            relay.awaitEnd();
            log = relay.log();
        }
        // The JVM writes to stderr itself without the flags of a release.
        List<String> lines =
                log.lines().filter(line -> !line.startsWith("WARNING: ")).toList();
        assertThat(lines).noneMatch(line -> line.startsWith(FORGED)).isNotEmpty();
        if (format.equals("json")) {
            for (String line : lines) {
                JsonNode parsed = new ObjectMapper().readTree(line);
                assertThat(parsed.has("time") && parsed.has("level") && parsed.has("logger") && parsed.has("message"))
                        .as(line)
                        .isTrue();
            }
            assertThat(lines).anySatisfy(line -> assertThat(field(line, "user")).isEqualTo(user));
            assertThat(lines).anySatisfy(line -> assertThat(field(line, "ip")).isEqualTo("127.0.0.1"));
        } else {
            assertThat(lines).allMatch(line -> TEXT.matcher(line).matches());
            assertThat(lines).anySatisfy(line -> assertThat(line).contains("mallory\\n2026"));
        }
        assertThat(log).doesNotContain(SECRET, RelayProcess.API_KEY, "eyJ", "wrong-key-of-somebody", good);
    }

    private static String field(String line, String name) throws JsonProcessingException {
        return new ObjectMapper().readTree(line).path(name).asText();
    }

    private static Request.Connect connect(String token) {
        return new Request.Connect(token, Bytes.EMPTY, Map.of(), "", "", Map.of(), 0);
    }

    private static int status(String url, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
