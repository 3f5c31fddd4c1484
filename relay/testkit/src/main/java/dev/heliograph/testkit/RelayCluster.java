package dev.heliograph.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Relays that share a Redis, named `relay-1`, `relay-2` and so on, each with an admin API and three operators:
/// `vera` the viewer, `ann` the operator, `adam` the admin. Ends with [#close].
///
/// Clients may connect without a token, publish, subscribe and read in the channels `chat:…` (history and
/// presence), `news:…` (history) and `ticks:…`, and with a token of [#clientToken].
public final class RelayCluster implements AutoCloseable {

    /// What operators show; `vera`, `ann` and `adam` in this order.
    public static final String VIEWER = "hgo_viewer-of-tests-0000000000000000000000000";

    public static final String OPERATOR = "hgo_operator-of-tests-00000000000000000000000";
    public static final String ADMIN = "hgo_admin-of-tests-00000000000000000000000000";

    /// `admin.jwt.hmac_secret_key`, for tokens that expire.
    public static final String OPERATOR_SECRET = "a-secret-of-operators-that-nobody-else-has";

    private static final String CLIENT_SECRET = "a-secret-of-clients-that-nobody-else-has";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String CONFIG = """
            http_server: {address: 127.0.0.1, port: 0, trusted_proxies: ["127.0.0.1"]}
            node: {name: relay-%d, colour: %s}
            broker: {type: redis, redis: {address: ["%s"]}}
            http_api: {key: "%s"}
            shutdown: {timeout: 0s}
            client:
              allow_anonymous_connect_without_token: true
              token: {hmac_secret_key: %s}
            channel:
              namespaces:
                - {name: chat, history_size: 300, history_ttl: 10m, force_recovery: true, presence: true, join_leave: true, %s}
                - {name: news, history_size: 100, history_ttl: 10m, %s}
                - {name: ticks, %s}
            admin:
              enabled: true
              port: 0
              tokens: ["%s", "%s", "%s"]
              jwt: {hmac_secret_key: %s}
            """;

    private static final String OPEN = "allow_subscribe_for_client: true, allow_subscribe_for_anonymous: true,"
            + " allow_publish_for_client: true, allow_publish_for_anonymous: true, allow_history_for_client: true,"
            + " allow_history_for_anonymous: true, allow_presence_for_client: true, allow_presence_for_anonymous: true";

    private final RedisServer redis;
    private final List<RelayProcess> relays = new ArrayList<>();

    private RelayCluster(int nodes, UnaryOperator<String> change) {
        redis = RedisServer.start();
        try {
            for (int i = 1; i <= nodes; i++) {
                String colour = i > 1 && i == nodes ? "green" : "blue";
                relays.add(RelayProcess.start(change.apply(yaml(i, colour))));
            }
            for (int i = 0; i < nodes; i++) {
                awaitNodes(i, nodes);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Starts a Redis and relays, and waits until each relay knows all of them. The last is `green`, the others
    /// `blue`; one alone is `blue`.
    public static RelayCluster start(int nodes) {
        return start(nodes, UnaryOperator.identity());
    }

    /// As [#start(int)], with another configuration.
    ///
    /// @param change gets that of each relay, as YAML, and returns what it should be; what it leaves out is the
    ///     default
    public static RelayCluster start(int nodes, UnaryOperator<String> change) {
        return new RelayCluster(nodes, change);
    }

    private String yaml(int number, String colour) {
        return CONFIG.formatted(
                number,
                colour,
                redis.address(),
                RelayProcess.API_KEY,
                CLIENT_SECRET,
                OPEN,
                OPEN,
                OPEN,
                Tokens.operatorLine("vera", "viewer", VIEWER),
                Tokens.operatorLine("ann", "operator", OPERATOR),
                Tokens.operatorLine("adam", "admin", ADMIN),
                OPERATOR_SECRET);
    }

    /// A token that lets a user connect for an hour.
    public static String clientToken(String user) {
        return Tokens.client(CLIENT_SECRET, user, Duration.ofHours(1));
    }

    public RedisServer redis() {
        return redis;
    }

    /// In the order of their names.
    public List<RelayProcess> relays() {
        return List.copyOf(relays);
    }

    /// @param index from 0
    public RelayProcess relay(int index) {
        return relays.get(index);
    }

    /// Where the admin APIs are, in the order of the relays' names.
    public List<URI> adminUris() {
        return relays.stream().map(RelayProcess::adminUri).toList();
    }

    /// A user's connection to one of the relays; with no name the user is anonymous.
    ///
    /// @param index of the relay, from 0
    public JsonClient connect(int index, String user) {
        JsonClient.Builder builder = JsonClient.to(relay(index).port());
        return (user.isEmpty() ? builder : builder.token(clientToken(user))).connect();
    }

    /// Waits until a relay knows so many nodes, itself among them.
    ///
    /// @param index of the relay that is asked, from 0
    public void awaitNodes(int index, int count) {
        await("relay-" + (index + 1) + " knowing " + count + " nodes")
                .atMost(PATIENCE)
                .until(() -> nodes(relay(index)).split("\"name\":", -1).length - 1 == count);
    }

    private static String nodes(RelayProcess relay) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(relay.adminUri().resolve("/v1/nodes"))
                .header("Authorization", "Bearer " + VIEWER)
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        relays.reversed().forEach(RelayProcess::close);
        redis.close();
    }
}
