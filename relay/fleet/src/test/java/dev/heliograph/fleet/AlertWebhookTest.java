package dev.heliograph.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertWebhookTest {

    private static final String TOKEN = "a-token-of-tests";

    /// As Alertmanager sends it, in short.
    private static final String ALERT = """
            {"version": "4", "status": "firing", "groupKey": "{}:{}", "receiver": "fleet",
             "alerts": [{"status": "firing", "labels": {"alertname": "HeliographConnectionsNearLimit"}}]}""";

    private final AtomicInteger woken = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private AlertWebhook webhook = start();

    private AlertWebhook start() {
        try {
            return AlertWebhook.start(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), TOKEN, woken::incrementAndGet);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void isThere() {
        assertThat(webhook.address().getPort()).isPositive();
    }

    @AfterEach
    void end() {
        webhook.close();
        http.close();
    }

    private int send(String method, String path, String authorization, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + webhook.address().getPort() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private int post(String body) throws Exception {
        return send("POST", "/alert", "Bearer " + TOKEN, body);
    }

    @Test
    void anAlertWakes() throws Exception {
        assertThat(post(ALERT)).isEqualTo(202);
        assertThat(woken).hasValue(1);
        assertThat(post("{\"alerts\": []}")).isEqualTo(202);
        assertThat(woken).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                TOKEN,
                "Bearer",
                "Bearer ",
                "Bearer a-token-of-test",
                "Bearer a-token-of-tests2",
                "Basic " + TOKEN
            })
    void withoutTheTokenNobodyIsHeard(String authorization) throws Exception {
        assertThat(send("POST", "/alert", authorization, ALERT)).isEqualTo(401);
        assertThat(woken).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "what?", "{", "[]", "\"alerts\"", "{\"alerts\": 1}", "{\"alert\": []}", "\u0000"})
    void garbageIsRefused(String body) throws Exception {
        assertThat(post(body)).isEqualTo(400);
        assertThat(woken).hasValue(0);
    }

    @Test
    void anAlertMayBeLargeAndNoLarger() throws Exception {
        String open = "{\"alerts\": [], \"x\": \"";
        String close = "\"}";
        String most = open + "x".repeat(AlertWebhook.MOST_BYTES - open.length() - close.length()) + close;
        assertThat(post(most)).isEqualTo(202);
        assertThat(woken).hasValue(1);
        assertThat(post(most + " ")).isEqualTo(413);
        assertThat(woken).hasValue(1);
    }

    /// What is announced as too large is not read at all.
    @Test
    void aLargeBodyIsRefusedBeforeItComes() throws IOException {
        assertThat(raw("Content-Length: 1048577\r\n\r\n")).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        assertThat(woken).hasValue(0);
    }

    @Test
    void aLargeBodyOfUnknownLengthIsReadOnlySoFar() throws IOException {
        String chunk = "100001\r\n" + "[".repeat(0x100001) + "\r\n";
        assertThat(raw("Transfer-Encoding: chunked\r\n\r\n" + chunk))
                .isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        assertThat(woken).hasValue(0);
    }

    private String raw(String rest) throws IOException {
        try (Socket socket =
                new Socket(webhook.address().getAddress(), webhook.address().getPort())) {
            // A minute, so that a webhook which waits for the rest fails this test instead of stopping it.
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("POST /alert HTTP/1.1\r\nHost: fleet\r\nAuthorization: Bearer " + TOKEN + "\r\n" + rest)
                            .getBytes(US_ASCII));
            BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            return String.valueOf(answer.readLine());
        }
    }

    @Test
    void thereIsNothingElse() throws Exception {
        assertThat(send("GET", "/alert", "Bearer " + TOKEN, "")).isEqualTo(405);
        assertThat(send("POST", "/alerts", "Bearer " + TOKEN, ALERT)).isEqualTo(404);
        assertThat(send("POST", "/", "Bearer " + TOKEN, ALERT)).isEqualTo(404);
        assertThat(send("GET", "/health", "", "")).isEqualTo(200);
        assertThat(send("DELETE", "/health", "", "")).isEqualTo(405);
        assertThat(woken).hasValue(0);
    }
}
