package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.heliograph.server.auth.TokenDraft;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// What SDKs need around them: two relays in processes of their own, and a back end that hands out tokens.
/// Started once for all tests that take it as a parameter (`@ExtendWith(SdkWorld.Extension.class)`).
final class SdkWorld implements AutoCloseable {

    private static final String SECRET = "a secret of this test, of enough letters";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Lets anonymous clients in; expires quickly.
    private static final String MAIN = """
            http_server: {address: 127.0.0.1, port: 0}
            log: {level: debug}
            client:
              allow_anonymous_connect_without_token: true
              expired_close_delay: 1s
              expired_sub_close_delay: 1s
              channel_limit: 4
              user_connection_limit: 2
              token: {hmac_secret_key: "%s"}
            http_api: {key: "%s"}
            channel:
              namespaces:
                - name: room
                  presence: true
                  join_leave: true
                  history_size: 100
                  history_ttl: 300s
                  force_recovery: true
                  allow_subscribe_for_client: true
                  allow_publish_for_client: true
                  allow_history_for_client: true
                  allow_presence_for_client: true
                - name: brief
                  history_size: 2
                  history_ttl: 300s
                  force_recovery: true
                  allow_subscribe_for_client: true
                - name: plain
                  allow_subscribe_for_client: true
                  allow_publish_for_client: true
                - name: objects
                  publication_data_format: json_object
                  allow_publish_for_client: true
            """.formatted(SECRET, RelayProcess.API_KEY);

    /// Lets only users in, and is impatient with what they do not answer.
    private static final String STRICT = """
            http_server: {address: 127.0.0.1, port: 0}
            log: {level: debug}
            client:
              disallow_anonymous_connection_tokens: true
              stale_close_delay: 1s
              ping_interval: 1s
              pong_timeout: 900ms
              token: {hmac_secret_key: "%s"}
            http_api: {key: "%s"}
            """.formatted(SECRET, RelayProcess.API_KEY);

    final RelayProcess main = RelayProcess.start(MAIN);
    final RelayProcess strict = RelayProcess.start(STRICT);
    private final HttpServer backend;

    private SdkWorld() {
        try {
            backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        backend.createContext("/", SdkWorld::token);
        backend.start();
    }

    /// A relay that will be shut down.
    static RelayProcess another() {
        return RelayProcess.start(MAIN);
    }

    static TokenIssuer issuer() {
        return TokenIssuer.hs256(SECRET, Clock.systemUTC());
    }

    /// The description that scenarios in other languages read.
    String describe() {
        return JSON.valueToTree(Map.of(
                        "main",
                        main.url(),
                        "strict",
                        strict.url(),
                        "backend",
                        "http://127.0.0.1:" + backend.getAddress().getPort(),
                        "apiKey",
                        RelayProcess.API_KEY))
                .toString();
    }

    private static void token(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode wish = JSON.readTree(exchange.getRequestBody());
            TokenIssuer issuer = TokenIssuer.hs256(wish.path("secret").asText(SECRET), Clock.systemUTC());
            String user = wish.path("user").asText();
            TokenDraft draft = exchange.getRequestURI().getPath().equals("/connection")
                    ? issuer.connection(user)
                    : issuer.subscription(user, wish.path("channel").asText());
            draft.expiresIn(Duration.ofSeconds(wish.path("ttl").asInt(600)));
            if (wish.has("expireAt")) {
                draft.expireAt(wish.get("expireAt").asLong());
            }
            if (wish.has("info")) {
                draft.info(wish.get("info").toString());
            }
            if (wish.has("data")) {
                draft.data(wish.get("data").toString());
            }
            if (wish.has("channels")) {
                List<String> channels = new ArrayList<>();
                wish.get("channels").forEach(each -> channels.add(each.asText()));
                draft.channels(channels);
            }
            byte[] answer = draft.sign().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        backend.stop(0);
        main.close();
        strict.close();
    }

    /// Hands the one world to tests and closes it after the last of them.
    static final class Extension implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SdkWorld.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(SdkWorld.class))
                    .getOrComputeIfAbsent(SdkWorld.class, _ -> new SdkWorld(), SdkWorld.class);
        }
    }
}
