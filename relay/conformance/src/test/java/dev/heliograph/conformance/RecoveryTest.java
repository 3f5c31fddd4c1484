package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Recovery is exact: whoever drops and comes back gets what was missed, in order, once, or is told that it cannot be
/// had.
class RecoveryTest {

    private static final int CLIENTS = 200;
    private static final int CHANNELS = 10;
    private static final int MESSAGES_A_CHANNEL = 10_000;

    private static RelayConfig config(int historySize) {
        return RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                client: {insecure: true, recovery_max_publication_limit: 100000, queue_max_size: 64MiB}
                channel:
                  without_namespace: {history_size: %d, history_ttl: 10m, force_recovery: true}
                """.formatted(historySize));
    }

    /// Reads one channel to its end, dropping the connection now and then, and checks that each message is the
    /// next.
    private static final class Reader implements Callable<Integer> {

        private final int port;
        private final String channel;
        private final Encoding encoding;
        private final Random random;
        private final AtomicLong recoveries;
        private long next = 1;
        private StreamPosition position;

        Reader(int port, String channel, StreamPosition start, int number, AtomicLong recoveries) {
            this.port = port;
            this.channel = channel;
            this.position = start;
            this.encoding = number % 2 == 0 ? Encoding.JSON : Encoding.PROTOBUF;
            this.random = new Random(number);
            this.recoveries = recoveries;
        }

        @Override
        public Integer call() throws IOException {
            int drops = 0;
            while (next <= MESSAGES_A_CHANNEL) {
                try (WireClient client = WireClient.connected(port, encoding)) {
                    Result.Subscribe result =
                            client.subscribe(Request.Subscribe.to(channel).recoveringFrom(position));
                    assertThat(result.recovered())
                            .as("recovered from %s", position)
                            .isTrue();
                    recoveries.incrementAndGet();
                    result.publications().forEach(each -> take(each.data(), each.offset()));
                    position = new StreamPosition(next - 1, result.epoch());
                    int until = 1 + random.nextInt(2_000);
                    for (int i = 0; i < until && next <= MESSAGES_A_CHANNEL; i++) {
                        Push push = client.push().orElseThrow();
                        if (push instanceof Push.Pub pub) {
                            take(pub.publication().data(), pub.publication().offset());
                        }
                    }
                    position = new StreamPosition(next - 1, result.epoch());
                    client.drop();
                    drops++;
                }
            }
            return drops;
        }

        private void take(Bytes data, long offset) {
            assertThat(offset).isEqualTo(next);
            assertThat(data.text()).isEqualTo(Long.toString(next));
            next++;
        }
    }

    @Test
    void clientsThatDropAtRandomMissNothingSeeNothingTwiceAndNothingOutOfOrder() throws Exception {
        AtomicLong recoveries = new AtomicLong();
        try (Relay relay = Relay.start(config(MESSAGES_A_CHANNEL));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<StreamPosition> starts = new ArrayList<>();
            try (WireClient client = WireClient.connected(relay.port(), Encoding.JSON)) {
                for (int i = 0; i < CHANNELS; i++) {
                    Result.Subscribe top = client.subscribe(Request.Subscribe.to("channel" + i));
                    starts.add(new StreamPosition(0, top.epoch()));
                }
            }
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int channel = i % CHANNELS;
                readers.add(threads.submit(
                        new Reader(relay.port(), "channel" + channel, starts.get(channel), i, recoveries)));
            }
            List<Future<?>> publishers = new ArrayList<>();
            for (int i = 0; i < CHANNELS; i++) {
                String channel = "channel" + i;
                publishers.add(threads.submit(() -> {
                    try (WireClient client = WireClient.connected(relay.port(), Encoding.PROTOBUF)) {
                        for (int n = 1; n <= MESSAGES_A_CHANNEL; n++) {
                            client.ok(Request.Publish.of(channel, Bytes.utf8(Integer.toString(n))));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : publishers) {
                each.get();
            }
            int drops = 0;
            for (Future<Integer> each : readers) {
                drops += each.get();
            }
            assertThat(drops).isGreaterThan(CLIENTS);
            assertThat(recoveries.get()).isEqualTo(drops);
        }
    }

    @Test
    void whereHistoryIsTooShortTheClientIsToldSoAndGetsNoPart() throws Exception {
        try (Relay relay = Relay.start(config(10));
                WireClient client = WireClient.connected(relay.port(), Encoding.JSON)) {
            Result.Subscribe first = client.subscribe(Request.Subscribe.to("short"));
            client.ok(new Request.Unsubscribe("short"));
            for (int i = 1; i <= 11; i++) {
                client.ok(Request.Publish.of("short", Bytes.utf8(Integer.toString(i))));
            }
            StreamPosition start = new StreamPosition(0, first.epoch());
            Result.Subscribe lost =
                    client.subscribe(Request.Subscribe.to("short").recoveringFrom(start));
            assertThat(lost.wasRecovering()).isTrue();
            assertThat(lost.recovered()).isFalse();
            assertThat(lost.publications()).isEmpty();
            assertThat(lost.offset()).isEqualTo(11);

            client.ok(new Request.Unsubscribe("short"));
            StreamPosition reachable = new StreamPosition(1, first.epoch());
            Result.Subscribe whole =
                    client.subscribe(Request.Subscribe.to("short").recoveringFrom(reachable));
            assertThat(whole.recovered()).isTrue();
            assertThat(whole.publications()).hasSize(10);

            client.ok(new Request.Unsubscribe("short"));
            StreamPosition foreign = new StreamPosition(11, "elsewhere");
            assertThat(client.subscribe(Request.Subscribe.to("short").recoveringFrom(foreign))
                            .recovered())
                    .isFalse();
        }
    }
}
