package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests to the server API, whatever they ask for (protocol C): both forms, keys, both error modes, and what
/// comes of requests that are none.
class HttpApiRequestsTest extends HttpApiFixture {

    // ---- who may ask, and how ----

    @Test
    void theKeyComesInAHeaderInTheAuthorizationOrInTheQuery() throws Exception {
        for (String[] header : new String[][] {
            {"X-API-Key", KEY}, {"Authorization", "apikey " + KEY}, {"authorization", "ApiKey " + KEY}
        }) {
            assertThat(post("/api/info", "{}", header).statusCode()).isEqualTo(200);
        }
        assertThat(post("/api/info?api_key=" + KEY, "{}", new String[0]).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aWrongKeyIsRefusedWith401WhateverIsAsked() throws Exception {
        String[][] headers = {
            {},
            {"X-API-Key", ""},
            {"X-API-Key", KEY + "x"},
            {"X-API-Key", KEY.substring(1)},
            {"Authorization", KEY},
            {"Authorization", "apikey"},
            {"Authorization", "apikey wrong"},
            {"Authorization", "Bearer " + KEY}
        };
        for (String[] header : headers) {
            for (String path : List.of("/api/info", "/api/no_such_method", "/api", "/api/info?api_key=wrong")) {
                HttpResponse<String> response = post(path, MALFORMED, header);
                assertThat(response.statusCode())
                        .as("%s %s", path, List.of(header))
                        .isEqualTo(401);
                assertThat(response.body()).isEqualTo("unauthorized");
            }
        }
    }

    @Test
    void withoutAConfiguredKeyEveryRequestIsRefused() throws Exception {
        try (Relay locked = Relay.start(RelayConfig.parse("http_server: {address: 127.0.0.1, port: 0}"))) {
            for (String[] header : new String[][] {
                {}, {"X-API-Key", ""}, {"X-API-Key", KEY}, {"Authorization", "apikey "}, {"Authorization", "apikey"}
            }) {
                for (String path : List.of("/api/info", "/api/info?api_key=", "/api")) {
                    HttpResponse<String> response = http.send(
                            request(locked, path, "{}".getBytes(UTF_8), header), HttpResponse.BodyHandlers.ofString());
                    assertThat(response.statusCode())
                            .as("%s %s", path, List.of(header))
                            .isEqualTo(401);
                }
            }
        }
    }

    @Test
    void theMethodMayBeInTheBodyToo() throws Exception {
        String body = "{\"method\":\"publish\",\"params\":{\"channel\":\"log:legacy\",\"data\":{\"a\":\"\u00e4\"}}}";
        assertThat(JSON.readTree(post("/api", body).body()).at("/result/offset").longValue())
                .isEqualTo(1);
        JsonNode history = result("history", "{\"channel\":\"log:legacy\",\"limit\":1}");
        assertThat(history.at("/publications/0/data/a").textValue()).isEqualTo("\u00e4");
        for (String noParams : List.of("{\"method\":\"channels\"}", "{\"method\":\"channels\",\"params\":{}}")) {
            HttpResponse<String> response = post("/api", noParams);
            assertThat(response.statusCode()).as(noParams).isEqualTo(200);
            assertThat(JSON.readTree(response.body()).at("/result/channels").isObject())
                    .isTrue();
        }
        assertThat(JSON.readTree(post("/api", "{\"method\":\"presence\",\"params\":{\"channel\":\"\"}}")
                                .body())
                        .at("/error/code")
                        .intValue())
                .isEqualTo(107);
        for (String unknown : List.of("{}", "{\"method\":\"no_such_method\"}", "{\"params\":{}}")) {
            assertThat(post("/api", unknown).statusCode()).as(unknown).isEqualTo(404);
        }
        for (String bad : List.of("", "[]", "null", "{\"method\":{}}", "{\"method\":\"publish\",\"params\":[]}", "{")) {
            assertThat(post("/api", bad).statusCode()).as(bad).isEqualTo(400);
        }
    }

    @Test
    void anUnknownMethodIs404AndOnlyPostIsServed() throws Exception {
        for (String path : List.of("/api/no_such_method", "/api/Publish", "/api/publish/more", "/api/publish%2F")) {
            assertThat(post(path, "{}").statusCode()).as(path).isEqualTo(404);
        }
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "PATCH")) {
            for (String path : List.of("/api/info", "/api")) {
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(uri(relay, path))
                                .header("X-API-Key", KEY)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).as("%s %s", method, path).isIn(404, 405);
            }
        }
    }

    // ---- what is no request ----

    @Test
    void aMalformedRequestIsToldWhatIsWrongWithIt() throws Exception {
        Map<String, String> reasons = Map.of(
                "{\"channel\":7,\"data\":1}",
                "channel has the wrong type",
                "{\"channel\":\"a\",\"data\":1,\"tags\":{\"t\":{}}}",
                "tags.t has the wrong type",
                "[]",
                "the body is not one JSON object",
                "{\"channel\":\"a\",\"data\":1}{}",
                "the body is not one JSON object",
                "{\"channel\":\"a\",\"data\":" + "[".repeat(100) + "]".repeat(100) + "}",
                "the body is nested too deeply, or has a name or a number that is too long");
        for (Map.Entry<String, String> each : reasons.entrySet()) {
            assertThat(send("/api/publish", each.getKey().getBytes(UTF_8)).body())
                    .as(each.getKey())
                    .isEqualTo("malformed request: " + each.getValue());
        }
    }

    @Test
    void whatIsNoRequestGets400AndTheRelayGoesOn() throws Exception {
        List<byte[]> bad = new ArrayList<>();
        for (String text : List.of(
                MALFORMED,
                " ",
                "[]",
                "nonsense",
                "\"text\"",
                "7",
                "null",
                "{\"channel\":\"a\",\"data\":1}x",
                "{\"channel\":\"a\",\"data\":1}{}",
                "{\"channel\":\"a\",\"data\":1}]",
                "{\"channel\":\"a\",\"data\":01}",
                "{\"channel\":\"a\",\"data\":{\"b\":}}",
                "{\"channel\":\"a\",\"data\":[1,]}",
                "{\"channel\":\"a\",\"data\":NaN}",
                "{\"channel\":\"a\",\"data\":\"\n\"}",
                "{\"channel\":\"a\",'data':1}",
                "{\"channel\":{},\"data\":1}",
                "{\"channel\":7,\"data\":1}",
                "{\"channel\":true,\"data\":1}",
                "{\"channel\":[\"a\"],\"data\":1}",
                "{\"channel\":\"a\",\"b64data\":7}",
                "{\"channel\":\"a\",\"data\":1,\"tags\":[]}",
                "{\"channel\":\"a\",\"data\":1,\"tags\":{\"t\":{}}}",
                "{\"channel\":\"a\",\"data\":1,\"tags\":{\"t\":null}}",
                "{\"channel\":\"a\",\"data\":1,\"skip_history\":\"true\"}",
                "{\"channel\":\"a\",\"data\":1,\"skip_history\":1}",
                "{\"channel\":\"a\",\"data\":1,\"version\":\"7\"}",
                "{\"channel\":\"a\",\"data\":1,\"version\":1.5}",
                "{\"channel\":\"a\",\"data\":1,\"version\":true}",
                "{\"channel\":\"a\",\"data\":1,\"version\":18446744073709551616}",
                "{\"channel\":\"a\",\"data\":1,\"version\":1e99}",
                "{\"channel\":\"a\",\"data\":" + "[".repeat(100) + "]".repeat(100) + "}",
                "{\"channel\":\"a\",\"data\":" + "[".repeat(1_000_000),
                "{\"channel\":\"a\",\"data\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_001))) {
            bad.add(text.getBytes(UTF_8));
        }
        // JSON between systems is UTF-8 (RFC 8259), nothing else and well formed.
        bad.add("{\"channel\":\"a\",\"data\":1}".getBytes(UTF_16LE));
        bad.add(new byte[] {'{', '"', 'c', '"', ':', '"', (byte) 0xFF, '"', '}'});
        for (byte[] body : bad) {
            String text = new String(body, 0, Math.min(body.length, 100), UTF_8);
            HttpResponse<String> response = send("/api/publish", body);
            assertThat(response.statusCode()).as(text).isEqualTo(400);
            assertThat(response.body())
                    .as(text)
                    .startsWith("malformed request")
                    .doesNotContain("Exception", "heliograph", "fasterxml", "java.", "StreamRead");
            assertThat(result("publish", "{\"channel\":\"a\",\"data\":1}")).isEmpty();
        }
    }

    @Test
    void whatIsNoUtf8IsNeverPublished() throws Exception {
        // A surrogate in three bytes, and a slash in two: parsers let them pass that look at lengths only.
        for (byte[] sequence : new byte[][] {{(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xC0, (byte) 0xAF}}) {
            byte[] body = "{\"channel\":\"log:utf8\",\"data\":\"xxx\"}".getBytes(UTF_8);
            int at = new String(body, UTF_8).indexOf("xxx");
            System.arraycopy(sequence, 0, body, at, sequence.length);
            HttpResponse<String> response = send("/api/publish", body);
            assertThat(response.statusCode() == 400 || response.body().contains("\"code\":107"))
                    .as(response.body())
                    .isTrue();
        }
        assertThat(result("history", "{\"channel\":\"log:utf8\"}").get("offset").longValue())
                .isZero();
    }

    @Test
    void unknownFieldsAreIgnoredAndNestingThatIsNotTooDeepIsTaken() throws Exception {
        assertThat(result("publish", "{\"channel\":\"a\",\"data\":1,\"unheard_of\":{\"x\":[1]}}"))
                .isEmpty();
        assertThat(result("publish", "{\"channel\":\"a\",\"data\":" + "[".repeat(60) + "]".repeat(60) + "}"))
                .isEmpty();
    }

    @Test
    void requestsWithRandomFaultsGetAnAnswerThatIsNoServerError() throws Exception {
        Random random = new Random(42);
        Map<String, String> seeds = Map.of(
                "publish",
                "{\"channel\":\"log:r\",\"data\":{\"a\":[1,null]},\"tags\":{\"t\":\"1\"},\"version\":9}",
                "broadcast",
                "{\"channels\":[\"log:r\",\"r\"],\"b64data\":\"e30=\",\"idempotency_key\":\"k\"}",
                "subscribe",
                "{\"user\":\"r\",\"channel\":\"log:r\",\"recover_since\":{\"offset\":1,\"epoch\":\"\"},\"info\":{}}",
                "disconnect",
                "{\"user\":\"r\",\"whitelist\":[\"a\",\"b\"],\"disconnect\":{\"code\":4000,\"reason\":\"r\"}}",
                "refresh",
                "{\"user\":\"r\",\"expired\":false,\"expire_at\":1234567890,\"info\":[1]}",
                "history",
                "{\"channel\":\"log:r\",\"limit\":5,\"since\":{\"offset\":1,\"epoch\":\"\"},\"reverse\":true}",
                "channels",
                "{\"pattern\":\"[a-z]*{log,r}:?*\"}",
                "batch",
                "{\"commands\":[{\"publish\":{\"channel\":\"r\",\"data\":1}},{\"info\":{}}],\"parallel\":true}",
                "unsubscribe",
                "{\"user\":\"r\",\"channel\":\"log:r\",\"client\":\"c\",\"session\":\"s\"}");
        List<Map.Entry<String, String>> requests =
                seeds.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        try (Member r = member("r").subscribe("log:r")) {
            for (int i = 0; i < 3_000; i++) {
                Map.Entry<String, String> seed = requests.get(random.nextInt(requests.size()));
                String method = seed.getKey();
                byte[] body = faulty(seed.getValue().getBytes(UTF_8), random);
                HttpResponse<String> response = send("/api/" + method, body);
                assertThat(response.statusCode())
                        .as("%s %s: %s", method, new String(body, UTF_8), response.body())
                        .isIn(200, 400);
            }
            assertThat(r.id()).isNotEmpty();
        }
        result("info", "{}");
    }

    /// Changes some bytes, replaces a value by another one, or cuts the end off.
    private static byte[] faulty(byte[] body, Random random) {
        String[] values = {"null", "-1", "0", "\"\"", "[]", "{}", "true", "9223372036854775807", "1e5", "[null]"};
        switch (random.nextInt(4)) {
            case 0 -> {
                return Arrays.copyOf(body, random.nextInt(body.length));
            }
            case 1 -> {
                for (int mutations = 1 + random.nextInt(3); mutations > 0; mutations--) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt(256);
                }
                return body;
            }
            default -> {
                String text = new String(body, UTF_8);
                int colon = -1;
                for (int skip = random.nextInt(5); skip >= 0; skip--) {
                    int next = text.indexOf("\":", colon + 1);
                    colon = next < 0 ? colon : next;
                }
                int from = colon + 2;
                int to = from;
                int depth = 0;
                boolean quoted = false;
                for (; to < text.length(); to++) {
                    char c = text.charAt(to);
                    quoted ^= c == '"';
                    if (!quoted && depth == 0 && (c == ',' || c == '}' || c == ']')) {
                        break;
                    }
                    depth += quoted ? 0 : c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                }
                return (text.substring(0, from) + values[random.nextInt(values.length)] + text.substring(to))
                        .getBytes(UTF_8);
            }
        }
    }

    @Test
    void aBodyAboveTheLimitIs413() throws Exception {
        int limit = 16 << 20;
        String head = "POST /api/publish HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: " + KEY + "\r\n";
        try (RawSocket socket = new RawSocket(relay.port(), null)) {
            socket.write((head + "Content-Length: " + (limit + 1) + "\r\n\r\n").getBytes(UTF_8));
            assertThat(socket.head()).startsWith("HTTP/1.1 413");
        }
        try (RawSocket socket = new RawSocket(relay.port(), null)) {
            socket.write((head + "Transfer-Encoding: chunked\r\n\r\n").getBytes(UTF_8));
            byte[] chunk = ("100000\r\n" + " ".repeat(1 << 20) + "\r\n").getBytes(UTF_8);
            for (int sent = 0; sent < limit; sent += 1 << 20) {
                socket.write(chunk);
            }
            socket.write("1\r\n \r\n0\r\n\r\n".getBytes(UTF_8));
            assertThat(socket.head()).startsWith("HTTP/1.1 413");
        }
        String large = "{\"channel\":\"a\",\"data\":\"" + "x".repeat(1 << 20) + "\"}";
        assertThat(result("publish", large)).isEmpty();
    }

    // ---- errors as HTTP statuses ----

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "publish|{'channel':'nowhere:a','data':1}|102|404",
                "publish|{'channel':'','data':1}|107|400",
                "presence|{'channel':'log:a'}|108|400",
                "history|{'channel':'log:a','limit':1,'since':{'offset':1,'epoch':'x'}}|112|416"
            })
    void errorsAreHttpStatusesWhereTheClientOrTheConfigurationAsksForIt(
            String method, String quoted, int code, int status) throws Exception {
        String body = quoted.replace('\'', '"');
        assertError(code, method, body);
        HttpResponse<String> asked =
                post("/api/" + method, body, "X-API-Key", KEY, "X-Centrifugo-Error-Mode", "transport");
        assertThat(asked.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(asked.body()).get("code").intValue()).isEqualTo(code);
        assertThat(JSON.readTree(asked.body()).get("message").textValue()).isNotEmpty();

        try (Relay configured = Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                http_api: {insecure: true, error_mode: transport}
                channel: {namespaces: [{name: log, history_size: 10, history_ttl: 1h}]}
                """))) {
            HttpResponse<String> response = http.send(
                    request(configured, "/api/" + method, body.getBytes(UTF_8)), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).isEqualTo(asked.body());
        }
    }

    @Test
    void transportModeLeavesSuccessAndTheErrorsWithinAnAnswerAlone() throws Exception {
        String[] headers = {"X-API-Key", KEY, "X-Centrifugo-Error-Mode", "transport"};
        HttpResponse<String> published = post("/api/publish", "{\"channel\":\"a\",\"data\":1}", headers);
        assertThat(published.statusCode()).isEqualTo(200);
        assertThat(published.body()).isEqualTo("{\"result\":{}}");
        HttpResponse<String> batch =
                post("/api/batch", "{\"commands\":[{\"presence\":{\"channel\":\"log:a\"}}]}", headers);
        assertThat(batch.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(batch.body())
                        .at("/result/replies/0/error/code")
                        .intValue())
                .isEqualTo(108);
        assertThat(post("/api/no_such_method", "{}", headers).statusCode()).isEqualTo(404);
        assertThat(post("/api/publish", MALFORMED, headers).statusCode()).isEqualTo(400);
        // Any other word asks for nothing.
        assertThat(post("/api/presence", "{}", "X-API-Key", KEY, "X-Centrifugo-Error-Mode", "other")
                        .statusCode())
                .isEqualTo(200);
    }
}
