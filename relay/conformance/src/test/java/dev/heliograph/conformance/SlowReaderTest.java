package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A peer that does not read costs the relay its outbox bound and no more, and nobody else anything.
class SlowReaderTest {

    private static final int MESSAGES = 4_000;
    private static final int READERS = 10;

    @Test
    void aStalledReaderIsDisconnectedWith3008AtItsBoundWhileOthersGetEverything() throws Exception {
        RelayConfig config = RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                client: {insecure: true, queue_max_size: 256KiB}
                websocket: {write_timeout: 0s}
                """);
        try (Relay relay = Relay.start(config);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                WireClient stalled = new WireClient(relay.port(), Encoding.JSON, 16 * 1024);
                WireClient publisher = WireClient.connected(relay.port(), Encoding.JSON)) {
            stalled.connect();
            stalled.subscribe(Request.Subscribe.to("news"));
            List<WireClient> readers = new ArrayList<>();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                WireClient reader = WireClient.connected(relay.port(), Encoding.JSON);
                reader.subscribe(Request.Subscribe.to("news"));
                readers.add(reader);
                counts.add(threads.submit(() -> count(reader)));
            }
            assertThat(relay.clientCount()).isEqualTo(READERS + 2);
            // 16 MiB: more than the socket's buffers on both sides and the outbox can hold.
            Bytes data = Bytes.utf8("\"" + "x".repeat(4_096) + "\"");
            for (int i = 0; i < MESSAGES; i++) {
                publisher.ok(Request.Publish.of("news", data));
            }
            for (Future<Integer> each : counts) {
                assertThat(each.get()).isEqualTo(MESSAGES);
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> relay.clientCount() == READERS + 1);
            assertThat(stalled.awaitClose()).isEqualTo(new WireClient.Closed(3008, "slow"));
            for (WireClient each : readers) {
                each.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReaderThatTakesNothingForTheWriteTimeoutIsDisconnectedWith3009(boolean tls, @TempDir Path folder)
            throws Exception {
        Certificate certificates = Certificate.selfSigned(folder);
        RelayConfig config = RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0, tls: {enabled: %s, cert_pem: '%s', key_pem: '%s'}}
                websocket: {write_timeout: 500ms}
                http_api: {insecure: true}
                client: {insecure: true, queue_max_size: 64MiB}
                """.formatted(tls, certificates.certificate(), certificates.key()));
        try (Relay relay = Relay.start(config);
                RawSocket stalled = new RawSocket(relay.port(), tls ? certificates.trusting() : null).upgraded();
                RawSocket publisher = new RawSocket(relay.port(), tls ? certificates.trusting() : null).upgraded()) {
            stalled.text("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"news\"}}");
            stalled.read();
            publisher.text("{\"id\":1,\"connect\":{}}");
            publisher.read();
            String data = "x".repeat(32 * 1024);
            // 32 MiB: more than the sockets' buffers hold, and less than the outbox may.
            for (int i = 0; i < 1_024; i++) {
                publisher.text("{\"id\":%d,\"publish\":{\"channel\":\"news\",\"data\":\"%s\"}}".formatted(i + 2, data));
                publisher.read();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> relay.clientCount() == 1);
            assertThat(stalled.awaitClose().closeCode()).isEqualTo(3009);
        }
    }

    private static int count(WireClient reader) throws IOException {
        int count = 0;
        while (count < MESSAGES && reader.push().orElseThrow() instanceof Push.Pub) {
            count++;
        }
        return count;
    }
}
