package dev.heliograph.drill;

import dev.heliograph.drill.Drill.Fault;
import dev.heliograph.testkit.FaultProxy;
import dev.heliograph.testkit.JsonClient;
import dev.heliograph.testkit.RedisServer;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// The fault of a drill: makes it, and mends what no runbook mends.
public final class Faults implements AutoCloseable {

    static final String CERTIFICATE = "certificate_expiring";

    /// Fills the buffers of the system within seconds.
    private static final int LARGE = 60_000;

    private static final Duration UNTIL_CUT_OFF = Duration.ofSeconds(8);

    /// Whose addresses are for documentation, and nobody's.
    private static final String NETWORK = "203.0.113.";

    /// The words for them.
    static final Set<String> KINDS = Set.of(
            "relay_kill",
            "relay_freeze",
            "redis_kill",
            "redis_freeze",
            "redis_slow",
            "redis_cut",
            "auth_failures",
            "handshake_flood",
            "reconnect_storm",
            "connections",
            "slow_consumers",
            "none",
            CERTIFICATE);

    private final DrillCluster cluster;
    private final Fault fault;
    /// The Redis that was the master when the drill began.
    private final RedisServer master;
    private final AtomicInteger knocks = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    public Faults(DrillCluster cluster, Fault fault) {
        this.cluster = cluster;
        this.fault = fault;
        this.master = cluster.master();
    }

    /// Makes it; some go on until [#heal].
    public void inject() {
        String node = fault.text("node").orElse("relay-2");
        switch (fault.kind()) {
            case "relay_kill" -> cluster.relay(node).kill();
            case "relay_freeze" -> cluster.relay(node).pause();
            case "redis_kill" -> master.kill();
            case "redis_freeze" -> master.pause();
            case "redis_slow" -> cluster.wayToRedis().delay(Duration.ofMillis(fault.number("milliseconds", 200)));
            case "redis_cut" -> cluster.wayToRedis().mode(FaultProxy.Mode.CUT);
            case "auth_failures" -> every(fault.number("per_second", 20), this::wrongToken);
            case "handshake_flood" -> {
                connections(fault.number("count", 80), i -> NETWORK + (1 + i));
                every(fault.number("per_second", 150), () -> knock(NETWORK + 7));
            }
            case "reconnect_storm" -> every(fault.number("per_second", 100), this::comeAndGo);
            case "connections" -> fill(node, fault.number("count", 250));
            case "slow_consumers" -> slowConsumers(fault.number("count", 30));
            case CERTIFICATE -> certificate(fault.number("days", 2));
            case "none" -> {
                // What the runbook does is the fault.
            }
            default -> throw new DrillException("there is no fault " + fault.kind());
        }
    }

    /// Ends it, as far as it is not ended; what was stopped runs again.
    public synchronized void heal() {
        over.set(true);
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw new DrillException("the fault does not end: " + e.getMessage(), e);
            }
        }
        open.clear();
        switch (fault.kind()) {
            case "redis_kill" -> {
                if (!master.isRunning()) {
                    master.restart();
                }
            }
            case "redis_freeze" -> master.resume();
            case "redis_slow" -> cluster.wayToRedis().delay(Duration.ZERO);
            case "redis_cut" -> cluster.wayToRedis().mode(FaultProxy.Mode.PASS);
            case CERTIFICATE -> certificate(DrillCluster.YEAR);
            case "relay_freeze", "relay_kill" ->
                cluster.relays().forEach((_, relay) -> {
                    if (!relay.isRunning()) {
                        relay.restart();
                    }
                });
            default -> {
                // Nothing is left of it.
            }
        }
    }

    private void every(int perSecond, Runnable what) {
        // Several hands: one that waits for an answer must not slow the others down.
        int hands = Math.clamp(perSecond / 10, 1, 16);
        for (int i = 0; i < hands; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    what.run();
                    try {
                        Thread.sleep(Duration.ofMillis(1_000L * hands / perSecond));
                    } catch (InterruptedException _) {
                        return;
                    }
                }
            }));
        }
    }

    private void wrongToken() {
        try (JsonClient client = JsonClient.to(cluster.balancer().getPort())
                .header("X-Forwarded-For", NETWORK + 9)
                .token("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYWxsb3J5In0.c2lnbmF0dXJl")
                .connect()) {
            throw new DrillException("a wrong token was accepted by " + client.id());
        } catch (IllegalStateException _) {
            // Refused, as it should be.
        }
    }

    /// From ever other networks, as real users are.
    private void comeAndGo() {
        int number = knocks.incrementAndGet();
        knock("198.51." + number / 250 % 250 + "." + (1 + number % 250));
    }

    private void certificate(int days) {
        try {
            cluster.certificate(days);
        } catch (Exception e) {
            throw new DrillException("no certificate can be made: " + e.getMessage(), e);
        }
    }

    private void knock(String address) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(2_000);
            socket.connect(
                    new InetSocketAddress(
                            InetAddress.ofLiteral("127.0.0.1"),
                            cluster.balancer().getPort()),
                    2_000);
            socket.getOutputStream()
                    .write(("GET /connection/websocket HTTP/1.1\r\nHost: drill\r\nX-Forwarded-For: " + address
                                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            int first = socket.getInputStream().read();
            if (first < 0) {
                return;
            }
        } catch (IOException _) {
            // Refused by a lower layer: that counts, too.
        }
    }

    /// Through the load balancer, as from addresses far away.
    private void connections(int count, IntFunction<String> address) {
        for (int i = 0; i < count; i++) {
            open.add(JsonClient.to(cluster.balancer().getPort())
                    .header("X-Forwarded-For", address.apply(i))
                    .connect());
        }
    }

    private void fill(String node, int count) {
        for (int i = 0; i < count; i++) {
            JsonClient client = JsonClient.to(cluster.relay(node).port())
                    .from("127.66.6." + (1 + i % 200))
                    .connect();
            open.add(client);
        }
    }

    /// Clients that subscribe and read nothing, and come again a while after they were cut off.
    private void slowConsumers(int count) {
        List<RelayProcess> relays = List.copyOf(cluster.relays().values());
        for (int i = 0; i < count; i++) {
            RelayProcess relay = relays.get(i % relays.size());
            String token = DrillCluster.token("slow-" + i);
            threads.add(Thread.ofVirtual().start(() -> {
                while (!over.get()) {
                    readNothing(relay, token);
                }
            }));
        }
        String data = "x".repeat(LARGE);
        every(20, () -> {
            try {
                relays.getFirst().api("publish", "{\"channel\":\"chat:large\",\"data\":{\"text\":\"" + data + "\"}}");
            } catch (IllegalStateException | UncheckedIOException _) {
                // Tried again soon.
            }
        });
    }

    private static void readNothing(RelayProcess relay, String token) {
        try (JsonClient client = JsonClient.to(relay.port()).token(token).connect()) {
            client.subscribe("chat:large");
            client.stopReading();
            Thread.sleep(UNTIL_CUT_OFF);
        } catch (IllegalStateException _) {
            // Refused; the next one may not be.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.set(true);
        for (Thread each : threads) {
            each.interrupt();
        }
    }
}
