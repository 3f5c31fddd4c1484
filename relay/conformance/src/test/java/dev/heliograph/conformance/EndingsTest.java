package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.Certificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every way in which a connection can end ends its session exactly once: one leave for each, and nothing left behind.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndingsTest {

    private static final Pattern CLIENT = Pattern.compile("\"client\":\"([^\"]+)\"");

    private Relay plain;
    private Relay secure;
    private Certificate certificates;

    enum Ending {
        CLOSE_FRAME,
        FIN,
        RESET,
        VIOLATION,
        OVERSIZE,
        BAD_COMMAND,
        SILENCE,
        API_DISCONNECT,
        API_DROP
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        certificates = Certificate.selfSigned(folder);
        String rest = """
                client: {insecure: true, ping_interval: 3s, pong_timeout: 2500ms}
                http_api: {insecure: true}
                channel:
                  without_namespace: {presence: true, join_leave: true, force_push_join_leave: true}
                """;
        plain = Relay.start(RelayConfig.parse("http_server: {address: 127.0.0.1, port: 0}\n" + rest));
        secure = Relay.start(RelayConfig.parse(
                "http_server: {address: 127.0.0.1, port: 0, tls: {enabled: true, cert_pem: '%s', key_pem: '%s'}}\n"
                                .formatted(certificates.certificate(), certificates.key())
                        + rest));
    }

    @AfterAll
    void stop() {
        plain.close();
        secure.close();
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSE_FRAME,false", "FIN,false", "RESET,false", "VIOLATION,false", "OVERSIZE,false", "BAD_COMMAND,false",
        "SILENCE,false", "API_DISCONNECT,false", "API_DROP,false", "CLOSE_FRAME,true", "FIN,true", "RESET,true",
        "VIOLATION,true", "OVERSIZE,true", "BAD_COMMAND,true", "SILENCE,true", "API_DISCONNECT,true", "API_DROP,true"
    })
    void endsTheSessionExactlyOnce(Ending ending, boolean tls) throws Exception {
        Relay relay = tls ? secure : plain;
        String channel = ending + "-" + tls;
        try (RawSocket observer = socket(relay, tls).upgraded()) {
            observer.text("{\"id\":1,\"connect\":{}}");
            observer.read();
            observer.text("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
            observer.read();
            for (int round = 0; round < 2; round++) {
                try (RawSocket victim = socket(relay, tls).upgraded()) {
                    victim.text("{\"id\":1,\"connect\":{}}");
                    Matcher id = CLIENT.matcher(victim.read().orElseThrow().text());
                    assertThat(id.find()).isTrue();
                    victim.text("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
                    victim.read();
                    end(ending, victim, relay, tls, id.group(1));
                    int leaves = 0;
                    while (leaves == 0) {
                        String text = observe(observer);
                        if (text.contains("\"leave\"") && text.contains(id.group(1))) {
                            leaves++;
                        }
                    }
                    await().atMost(Duration.ofSeconds(20)).until(() -> relay.clientCount() == 1);
                    // A message of our own marks the end of what this ending may have sent.
                    observer.text("{\"id\":9,\"publish\":{\"channel\":\"" + channel + "\",\"data\":\"mark\"}}");
                    String text = observe(observer);
                    while (!text.contains("\"mark\"")) {
                        assertThat(text).doesNotContain("\"leave\"");
                        text = observe(observer);
                    }
                }
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> relay.clientCount() == 0);
    }

    private RawSocket socket(Relay relay, boolean tls) throws IOException {
        return new RawSocket(relay.port(), tls ? certificates.trusting() : null);
    }

    /// The next message that is no ping, pings answered.
    private static String observe(RawSocket observer) throws IOException {
        while (true) {
            String text = observer.read().orElseThrow().text();
            if (!text.equals("{}")) {
                return text;
            }
            observer.text("{}");
        }
    }

    private void end(Ending ending, RawSocket victim, Relay relay, boolean tls, String client) throws Exception {
        switch (ending) {
            case CLOSE_FRAME -> victim.frame(0x88, new byte[] {3, (byte) 0xE8});
            case FIN -> victim.finish();
            case RESET -> victim.reset();
            case VIOLATION -> victim.write(new byte[] {(byte) 0xFF, 0});
            case OVERSIZE -> victim.write(RawSocket.masked(0x81, new byte[0], 1 << 30));
            case BAD_COMMAND -> victim.text("{");
            case SILENCE -> {}
            case API_DISCONNECT -> api(relay, tls, "{\"client\":\"" + client + "\"}");
            case API_DROP ->
                api(relay, tls, "{\"client\":\"" + client + "\",\"disconnect\":{\"code\":3000,\"reason\":\"\"}}");
        }
    }

    private void api(Relay relay, boolean tls, String body) throws Exception {
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(certificates.trusting())
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(
                                    (tls ? "https" : "http") + "://127.0.0.1:" + relay.port() + "/api/disconnect"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            assertThat(response.body()).isEqualTo("{\"result\":{}}");
        }
    }
}
