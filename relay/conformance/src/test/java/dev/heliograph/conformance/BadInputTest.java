package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.server.config.RelayConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Bad input gets its code and one line in the debug log, and hurts nobody else.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final String SECRET = "a-secret-of-the-test-that-nobody-else-has";

    /// Kept, since the logging framework holds loggers weakly.
    private final Logger logger = Logger.getLogger("dev.heliograph");

    private final Queue<LogRecord> log = new ConcurrentLinkedQueue<>();
    private final Handler capture = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            log.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Relay relay;

    @BeforeAll
    void start() {
        logger.setLevel(Level.FINE);
        logger.addHandler(capture);
        relay = Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                client:
                  token: {hmac_secret_key: %s}
                  allow_anonymous_connect_without_token: true
                channel:
                  without_namespace: {allow_subscribe_for_client: true, allow_subscribe_for_anonymous: true}
                """.formatted(SECRET)));
    }

    @AfterAll
    void stop() {
        relay.close();
        logger.removeHandler(capture);
        logger.setLevel(null);
    }

    private WireClient connected() throws IOException {
        WireClient client = WireClient.connected(relay.port(), Encoding.JSON);
        await().until(() -> log.stream()
                .anyMatch(each -> new SimpleFormatter().formatMessage(each).startsWith("connected")));
        log.clear();
        return client;
    }

    /// One line and no more says why the client was sent away, and it is for debugging only.
    private void assertOneLine() {
        await().until(() -> !log.isEmpty());
        assertThat(log).hasSize(1).allSatisfy(each -> {
            assertThat(each.getLevel()).isEqualTo(Level.FINE);
            assertThat(each.getThrown()).isNull();
        });
        log.clear();
    }

    @Test
    void malformedJsonEndsWith3501() throws IOException {
        String deep = "{\"id\":2,\"rpc\":{\"data\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}}";
        for (String bad : List.of(
                "",
                "\n",
                "{",
                "[]",
                "nonsense",
                "{\"id\":-1}",
                "{\"id\":4294967296,\"ping\":{}}",
                "{\"id\":\"2\",\"ping\":{}}",
                "{\"id\":2,\"subscribe\":{}}",
                "{\"id\":2,\"subscribe\":{\"channel\":7}}",
                "{\"id\":2}",
                "{\"id\":2,\"rpc\":{\"data\":{\"a\":01}}}",
                "{\"id\":2,\"connect\":{}}",
                "{\"id\":2,\"unsubscribe\":{\"channel\":\"a\"}}trailing",
                deep)) {
            try (WireClient client = connected()) {
                client.frame(1, bad.getBytes(UTF_8));
                assertThat(client.awaitClose()).as(bad).isEqualTo(new WireClient.Closed(3501, "bad request"));
                assertOneLine();
            }
        }
    }

    @Test
    void malformedProtobufEndsWith3501() throws IOException {
        for (byte[] bad : List.of(
                new byte[] {},
                new byte[] {5, 8, 1},
                new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F},
                new byte[] {(byte) 0x80},
                new byte[] {2, 0x22, 0x7F},
                new byte[] {1, 0x07})) {
            try (WireClient client = WireClient.connected(relay.port(), Encoding.PROTOBUF)) {
                client.frame(2, bad);
                assertThat(client.awaitClose().code()).isEqualTo(3501);
            }
        }
        log.clear();
    }

    @Test
    void commandsBeforeConnectEndWith3501() throws IOException {
        try (WireClient client = new WireClient(relay.port(), Encoding.JSON)) {
            log.clear();
            client.frame(1, "{\"id\":1,\"ping\":{}}".getBytes(UTF_8));
            assertThat(client.awaitClose().code()).isEqualTo(3501);
            assertOneLine();
        }
    }

    @Test
    void tokensThatAreNoneEndWith3500AndExpiredOnesGet109() throws IOException {
        TokenIssuer issuer = TokenIssuer.hs256(SECRET, Clock.systemUTC());
        TokenIssuer foreign = TokenIssuer.hs256("another-secret-that-the-relay-does-not-know", Clock.systemUTC());
        String good = issuer.connection("ann").expiresIn(Duration.ofHours(1)).sign();
        for (String bad : List.of(
                "garbage",
                "a.b.c",
                good.substring(0, good.length() - 2),
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.",
                foreign.connection("ann").expiresIn(Duration.ofHours(1)).sign(),
                issuer.subscription("ann", "news")
                        .expiresIn(Duration.ofHours(1))
                        .sign())) {
            try (WireClient client = new WireClient(relay.port(), Encoding.JSON)) {
                log.clear();
                client.send(new Command(1, connect(bad)));
                assertThat(client.awaitClose()).as(bad).isEqualTo(new WireClient.Closed(3500, "invalid token"));
                assertOneLine();
            }
        }
        try (WireClient client = new WireClient(relay.port(), Encoding.JSON)) {
            log.clear();
            String expired = issuer.connection("ann").expiresAt(1).sign();
            assertThat(((Reply.Failed) client.call(connect(expired))).error().code())
                    .isEqualTo(109);
            assertOneLine();
            client.frame(1, "{\"id\":5,\"ping\":{}}".getBytes(UTF_8));
            assertThat(client.awaitClose().code()).isEqualTo(3501);
        }
        log.clear();
    }

    private static Request connect(String token) {
        return new Request.Connect(token, Bytes.EMPTY, Map.of(), "", "", Map.of(), 0);
    }

    @Test
    void channelsThatAreNoneGetTheirErrorAndTheConnectionLivesOn() throws IOException {
        try (WireClient client = connected()) {
            Map<String, Integer> expected =
                    Map.of("unknown:room", 102, "x".repeat(256), 107, "caf\u00e9", 107, "$private", 103);
            expected.forEach((channel, code) -> {
                try {
                    Reply reply = client.call(Request.Subscribe.to(channel));
                    assertThat(((Reply.Failed) reply).error().code())
                            .as(channel)
                            .isEqualTo(code);
                } catch (IOException e) {
                    throw new AssertionError(channel, e);
                }
                assertOneLine();
            });
            client.subscribe(Request.Subscribe.to("news"));
        }
        log.clear();
    }

    @Test
    void aHundredThousandRandomFramesLeaveTheRelayServingAndItsMemoryFlat() throws IOException {
        logger.setLevel(Level.INFO);
        try {
            Random random = new Random(42);
            throwRandomFrames(random, 20_000);
            long before = heapAfterGc();
            throwRandomFrames(random, 80_000);
            await().atMost(Duration.ofSeconds(20)).until(() -> relay.clientCount() == 0);
            assertThat(heapAfterGc() - before).isLessThan(16L << 20);
            try (WireClient client = WireClient.connected(relay.port(), Encoding.JSON)) {
                client.subscribe(Request.Subscribe.to("news"));
            }
        } finally {
            logger.setLevel(Level.FINE);
            log.clear();
        }
    }

    private void throwRandomFrames(Random random, int count) throws IOException {
        String[] seeds = {
            "{\"id\":1,\"connect\":{}}", "{\"id\":2,\"subscribe\":{\"channel\":\"news\"}}",
            "{\"id\":3,\"publish\":{\"channel\":\"news\",\"data\":{\"a\":[1,2,{\"b\":null}]}}}",
                    "{\"id\":4,\"history\":{}}"
        };
        int sent = 0;
        while (sent < count) {
            try (RawSocket socket = new RawSocket(relay.port(), null).upgraded()) {
                // One bad frame ends a connection; some in front of it may be good.
                for (int i = 0; i < 20 && sent < count; i++, sent++) {
                    byte[] payload = seeds[random.nextInt(seeds.length)].getBytes(UTF_8);
                    for (int mutations = random.nextInt(4); mutations > 0; mutations--) {
                        payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
                    }
                    int first = random.nextInt(4) > 0 ? 0x81 : random.nextInt(256);
                    socket.write(RawSocket.masked(first, payload, payload.length));
                }
            } catch (IOException _) {
                // Cut off in the middle: as it should be.
            }
        }
    }

    private static long heapAfterGc() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            ManagementFactory.getMemoryMXBean().gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
