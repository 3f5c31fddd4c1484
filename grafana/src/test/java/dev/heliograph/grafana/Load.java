package dev.heliograph.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.testkit.JsonClient;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// What happens in a cluster: clients come through the load balancer, subscribe and publish, one is refused by a limit,
/// one has a wrong token, one does not read, one relay is drained. Publications and handshakes go on until [#close].
final class Load implements AutoCloseable {

    private static final String SMALL = "{\"text\":\"hello\"}";
    private static final String LARGE = "{\"text\":\"" + "x".repeat(20_000) + "\"}";
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Stack stack;
    private final List<JsonClient> clients = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final FutureTask<Void> traffic;

    Load(Stack stack) {
        this.stack = stack;
        this.traffic = new FutureTask<>(this::traffic, null);
    }

    /// Returns when all has happened that happens once.
    void start() throws IOException, InterruptedException {
        for (int i = 0; i < 8; i++) {
            JsonClient client = JsonClient.to(stack.clients())
                    .token(Stack.token("user-" + i))
                    .connect();
            client.subscribe("chat:lobby");
            clients.add(client);
        }
        // On each relay one who hears of what the others publish.
        for (int i = 0; i < 2; i++) {
            JsonClient client = JsonClient.to(stack.relay(i).port()).connect();
            client.subscribe("chat:lobby");
            clients.add(client);
        }
        Thread.ofPlatform().daemon().start(traffic);
        for (int i = 0; i < 2; i++) {
            RelayProcess relay = stack.relay(i);
            refusals(relay);
            slowConsumer(relay);
            collectGarbage(relay);
        }
        drain(stack.relay(1));
    }

    private void refusals(RelayProcess relay) throws IOException, InterruptedException {
        String token = Stack.token("once-" + relay.port());
        clients.add(JsonClient.to(relay.port()).token(token).connect());
        assertThatThrownBy(() -> JsonClient.to(relay.port()).token(token).connect())
                .as("client.user_connection_limit")
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> JsonClient.to(relay.port()).token("a.wrong.token").connect())
                .isInstanceOf(IllegalStateException.class);
        assertThat(post(URI.create(relay.url() + "/api/info"), "X-API-Key", "wrong", "{}"))
                .isEqualTo(401);
        assertThat(post(relay.adminUri().resolve("/v1/rebalance"), "Authorization", "Bearer wrong", "{}"))
                .isEqualTo(401);
    }

    private static void slowConsumer(RelayProcess relay) {
        JsonClient slow = JsonClient.to(relay.port()).connect();
        slow.subscribe("chat:large");
        slow.stopReading();
        // More than the buffers of the system and client.queue_max_size take.
        for (int i = 0; i < 1_000; i++) {
            relay.api("publish", "{\"channel\":\"chat:large\",\"data\":" + LARGE + "}");
        }
        slow.close();
    }

    private static void collectGarbage(RelayProcess relay) throws IOException, InterruptedException {
        String jcmd = System.getProperty("java.home") + "/bin/jcmd";
        int code = new ProcessBuilder(jcmd, Long.toString(relay.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    private static void drain(RelayProcess relay) throws IOException, InterruptedException {
        URI drain = relay.adminUri().resolve("/v1/drains/relay-2");
        String bearer = "Bearer " + Stack.OPERATOR;
        assertThat(post(drain, "Authorization", bearer, "{\"per_second\": 1, \"percent\": 30}"))
                .isBetween(200, 299);
    }

    private static int post(URI uri, String header, String value, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header(header, value)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).statusCode();
    }

    /// By clients that come and go and by the API. Not through the relay that is drained, which takes nobody.
    private void traffic() {
        try {
            while (!over.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                try (JsonClient passing = JsonClient.to(stack.relay(0).port()).connect()) {
                    passing.publish("chat:lobby", SMALL);
                }
                for (RelayProcess relay : stack.relays().subList(0, 2)) {
                    relay.api("publish", "{\"channel\":\"chat:lobby\",\"data\":" + SMALL + "}");
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// @throws ExecutionException if the traffic has ended before, with the reason
    @Override
    public void close() throws InterruptedException, ExecutionException {
        over.countDown();
        traffic.get();
        clients.forEach(JsonClient::close);
    }
}
