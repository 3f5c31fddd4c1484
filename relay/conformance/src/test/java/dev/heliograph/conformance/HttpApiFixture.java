package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.server.Relay;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.server.config.RelayConfig;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// A relay, connected clients, and the words in which a back end asks. The tests of a class share one relay, so
/// each has users and channels of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HttpApiFixture {

    private static final String SECRET = "a-secret-of-the-test-that-nobody-else-has";
    static final String KEY = "the-key-of-the-back-end";
    static final String MALFORMED = "{\"channel\":";

    static final ObjectMapper JSON = new ObjectMapper();

    private final TokenIssuer issuer = TokenIssuer.hs256(SECRET, Clock.systemUTC());
    Relay relay;
    HttpClient http;

    /// A connected client of a user.
    record Member(WireClient wire, String id) implements Closeable {

        Member subscribe(String channel) throws IOException {
            wire.subscribe(Request.Subscribe.to(channel));
            return this;
        }

        Push push() throws IOException {
            return wire.push().orElseThrow();
        }

        Publication publication(String channel) throws IOException {
            Push.Pub pub = (Push.Pub) push();
            assertThat(pub.channel()).isEqualTo(channel);
            return pub.publication();
        }

        /// Returns when the relay has done what was asked of this client before: its commands wait in one queue
        /// with what back ends ask for.
        void settle() throws IOException {
            assertThat(wire.call(new Request.Ping())).isInstanceOf(Reply.Failed.class);
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }

    @BeforeAll
    void start() {
        relay = Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                http_api: {key: %s}
                node: {name: the-node}
                client:
                  token: {hmac_secret_key: %s}
                  allow_anonymous_connect_without_token: true
                channel:
                  without_namespace: {allow_subscribe_for_client: true, allow_publish_for_subscriber: true}
                  namespaces:
                    - {name: log, history_size: 10, history_ttl: 1h, allow_subscribe_for_client: true}
                    - {name: room, presence: true, allow_subscribe_for_client: true}
                    - name: raw
                      publication_data_format: binary
                      history_size: 10
                      history_ttl: 1h
                      allow_subscribe_for_client: true
                    - {name: objects, publication_data_format: json_object}
                """.formatted(KEY, SECRET)));
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    void stop() {
        http.close();
        relay.close();
    }

    // ---- asking ----

    Member member(String user) throws IOException {
        return member(user, Encoding.JSON);
    }

    Member member(String user, Encoding encoding) throws IOException {
        WireClient wire = new WireClient(relay.port(), encoding);
        String token = issuer.connection(user)
                .info("{\"name\":\"" + user + "\"}")
                .expiresIn(Duration.ofHours(1))
                .sign();
        Result.Connect connected = (Result.Connect) wire.ok(Request.Connect.withToken(token));
        return new Member(wire, connected.client());
    }

    static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /// The result of a request that must succeed.
    JsonNode result(String method, String body) throws Exception {
        JsonNode answer = answer(method, body);
        assertThat(answer.has("error")).as("%s %s: %s", method, body, answer).isFalse();
        return answer.get("result");
    }

    JsonNode error(String method, String body) throws Exception {
        JsonNode answer = answer(method, body);
        assertThat(answer.has("result")).as("%s %s: %s", method, body, answer).isFalse();
        return answer.get("error");
    }

    void assertError(int code, String method, String body) throws Exception {
        JsonNode error = error(method, body);
        assertThat(error.get("code").intValue())
                .as("%s %s: %s", method, body, error)
                .isEqualTo(code);
        assertThat(error.get("message").textValue()).isNotEmpty();
    }

    JsonNode answer(String method, String body) throws Exception {
        HttpResponse<String> response = post("/api/" + method, body);
        assertThat(response.statusCode())
                .as("%s %s: %s", method, body, response.body())
                .isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        return JSON.readTree(response.body());
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(path, body.getBytes(UTF_8));
    }

    HttpResponse<String> send(String path, byte[] body) throws Exception {
        return http.send(request(relay, path, body, "X-API-Key", KEY), HttpResponse.BodyHandlers.ofString());
    }

    /// @param headers names and values in turn
    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return http.send(request(relay, path, body.getBytes(UTF_8), headers), HttpResponse.BodyHandlers.ofString());
    }

    static HttpRequest request(Relay relay, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(relay, path))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    static URI uri(Relay relay, String path) {
        return URI.create("http://127.0.0.1:" + relay.port() + path);
    }
}
