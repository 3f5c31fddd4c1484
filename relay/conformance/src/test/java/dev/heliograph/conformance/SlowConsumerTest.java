package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.config.SlowConsumer;
import dev.heliograph.testkit.Certificate;
import dev.heliograph.testkit.FaultProxy;
import io.github.centrifugal.centrifuge.ConnectingEvent;
import io.github.centrifugal.centrifuge.PublicationEvent;
import io.github.centrifugal.centrifuge.SubscribedEvent;
import io.github.centrifugal.centrifuge.SubscribingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each policy for slow consumers, as a client of the Java SDK behind a network that stands still sees it, and as
/// one that reads at once does.
class SlowConsumerTest {

    private static final String CONFIG = """
            http_server: {address: 127.0.0.1, port: 0, tls: {%s}}
            client: {insecure: true, queue_max_size: 256KiB, recovery_max_publication_limit: 100000}
            websocket: {write_timeout: 0s}
            engine: {event_loops: 1}
            channel:
              namespaces:
                - name: kept
                  slow_consumer: drop_oldest
                  history_size: 100000
                  history_ttl: 10m
                  force_recovery: true
                - name: plain
                  slow_consumer: drop_oldest
                - name: ticker
                  slow_consumer: latest_only
                  history_size: 1
                  history_ttl: 10m
                  force_recovery: true
                  force_recovery_mode: cache
                - name: gauge
                  slow_consumer: latest_only
            """;

    private static final String PADDING = "x".repeat(4_000);

    /// 64 MiB: far more than the sockets on the way can hold.
    private static final int MOST = 16_384;

    private final Relay relay = Relay.start(RelayConfig.parse(CONFIG.formatted("enabled: false")));
    private final FaultProxy network = FaultProxy.start(relay.port());

    @AfterEach
    void end() {
        network.close();
        relay.close();
    }

    private static Bytes message(long number) {
        return Bytes.utf8("{\"n\":%d,\"padding\":\"%s\"}".formatted(number, PADDING));
    }

    private static long number(PublicationEvent event) {
        return number(new String(event.getData(), UTF_8));
    }

    private static long number(String text) {
        return Long.parseLong(text.substring(text.indexOf(':') + 1, text.indexOf(',')));
    }

    /// Publishes 1, 2, 3, ... while the SDK's network stands still, until something has happened, and 20 more,
    /// and waits until the relay's one loop has written them all: another subscriber has them then.
    ///
    /// @return the last number
    private long publishUntil(WireClient publisher, String channel, BooleanSupplier happened) throws IOException {
        network.mode(FaultProxy.Mode.HANG);
        try (WireClient reader = WireClient.connected(relay.port(), Encoding.JSON)) {
            reader.subscribe(Request.Subscribe.to(channel));
            AtomicLong seen = new AtomicLong();
            Thread.startVirtualThread(() -> follow(reader, seen));
            long last = publish(publisher, channel, happened);
            await().atMost(Duration.ofSeconds(60)).until(() -> seen.get() == last);
            return last;
        }
    }

    /// Keeps the number of the last publication that a client has read, until it is closed.
    private static void follow(WireClient reader, AtomicLong seen) {
        try {
            Optional<Push> push = reader.push();
            while (push.isPresent()) {
                seen.set(number(((Push.Pub) push.get()).publication().data().text()));
                push = reader.push();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long publish(WireClient publisher, String channel, BooleanSupplier happened) throws IOException {
        long number = 0;
        while (!happened.getAsBoolean()) {
            assertThat(number).as("published without an effect").isLessThan(MOST);
            publisher.ok(Request.Publish.of(channel, message(++number)));
        }
        for (int i = 0; i < 20; i++) {
            publisher.ok(Request.Publish.of(channel, message(++number)));
        }
        return number;
    }

    /// The publications that a listener saw, up to one with a number.
    private static List<PublicationEvent> seenUntil(EventLog seen, long last) throws InterruptedException {
        List<PublicationEvent> all = new ArrayList<>();
        do {
            all.add(seen.next(PublicationEvent.class));
        } while (number(all.getLast()) < last);
        return all;
    }

    @Test
    void withHistoryAClientThatWasSlowGetsEverythingInOrderAndOthersNoticeNothing() throws Exception {
        String channel = "kept:a";
        try (JavaClient slow = new JavaClient(network.port(), _ -> {});
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                WireClient publisher = WireClient.connected(relay.port(), Encoding.JSON);
                WireClient reader = WireClient.connected(relay.port(), Encoding.JSON)) {
            slow.connect();
            EventLog seen = slow.subscribed(channel).seen();
            reader.subscribe(Request.Subscribe.to(channel));
            // Ends with an untypical number, so that the reader needs not know how many there will be.
            Future<List<Long>> others = threads.submit(() -> readUntil(reader, -1));
            long last = publishUntil(publisher, channel, () -> ended(SlowConsumer.DROP_OLDEST) > 0);
            publisher.ok(Request.Publish.of(channel, message(-1)));
            assertThat(others.get()).containsExactlyElementsOf(upTo(last + 1));
            assertThat(dropped(SlowConsumer.DROP_OLDEST)).isPositive();

            network.mode(FaultProxy.Mode.PASS);
            List<Long> offsets = new ArrayList<>();
            while (offsets.size() <= last) {
                offsets.add(seen.next(PublicationEvent.class).getOffset());
            }
            assertThat(offsets).containsExactlyElementsOf(upTo(last + 1));
            assertThat(seen.next(SubscribingEvent.class, event -> event.getCode() == 2500))
                    .isNotNull();
            SubscribedEvent again = seen.next(SubscribedEvent.class);
            assertThat(again.wasRecovering()).isTrue();
            assertThat(again.getRecovered()).isTrue();
            assertThat(slow.seen().count(ConnectingEvent.class))
                    .as("it stayed connected")
                    .isOne();
        }
    }

    @Test
    void withoutHistoryItGetsTheNewestAndIsToldOfTheLoss() throws Exception {
        String channel = "plain:a";
        try (JavaClient slow = new JavaClient(network.port(), _ -> {});
                WireClient publisher = WireClient.connected(relay.port(), Encoding.JSON)) {
            slow.connect();
            EventLog seen = slow.subscribed(channel).seen();
            long last = publishUntil(publisher, channel, () -> dropped(SlowConsumer.DROP_OLDEST) > 0);
            assertThat(ended(SlowConsumer.DROP_OLDEST)).isZero();

            network.mode(FaultProxy.Mode.PASS);
            List<Long> numbers =
                    seenUntil(seen, last).stream().map(SlowConsumerTest::number).toList();
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
            assertThat(last - numbers.size()).isEqualTo(dropped(SlowConsumer.DROP_OLDEST));
            seen.next(SubscribingEvent.class, event -> event.getCode() == 2500);
            seen.next(SubscribedEvent.class);
            publisher.ok(Request.Publish.of(channel, message(last + 1)));
            assertThat(number(seen.next(PublicationEvent.class))).isEqualTo(last + 1);
            assertThat(ended(SlowConsumer.DROP_OLDEST)).isOne();
            assertThat(slow.seen().count(ConnectingEvent.class)).isOne();
        }
    }

    @Test
    void aLossThatGoesOnIsToldBeforeItEnds() throws Exception {
        String channel = "plain:a";
        try (JavaClient slow = new JavaClient(network.port(), _ -> {});
                WireClient publisher = WireClient.connected(relay.port(), Encoding.JSON)) {
            slow.connect();
            EventLog seen = slow.subscribed(channel).seen();
            publishUntil(publisher, channel, () -> ended(SlowConsumer.DROP_OLDEST) > 0);
            long dropped = dropped(SlowConsumer.DROP_OLDEST);
            publisher.ok(Request.Publish.of(channel, message(0)));
            assertThat(dropped(SlowConsumer.DROP_OLDEST))
                    .as("nothing more is kept for it")
                    .isEqualTo(dropped);

            network.mode(FaultProxy.Mode.PASS);
            seen.next(SubscribingEvent.class, event -> event.getCode() == 2500);
            seen.next(SubscribedEvent.class);
        }
    }

    @Test
    void ofALatestOnlyChannelWithACacheTheNewestComesAndTheClientIsToldOnce() throws Exception {
        String channel = "ticker:a";
        try (JavaClient slow = new JavaClient(network.port(), _ -> {});
                WireClient publisher = WireClient.connected(relay.port(), Encoding.JSON)) {
            slow.connect();
            EventLog seen = slow.subscribed(channel).seen();
            long last = publishUntil(publisher, channel, () -> dropped(SlowConsumer.LATEST_ONLY) > 1_000);

            network.mode(FaultProxy.Mode.PASS);
            List<PublicationEvent> events = seenUntil(seen, last);
            assertThat(events.stream().map(PublicationEvent::getOffset).toList())
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .endsWith(last);
            assertThat(last - events.size()).isEqualTo(dropped(SlowConsumer.LATEST_ONLY));
            seen.next(SubscribingEvent.class, event -> event.getCode() == 2500);
            assertThat(seen.next(SubscribedEvent.class).getRecovered()).isTrue();
            publisher.ok(Request.Publish.of(channel, message(last + 1)));
            assertThat(number(seen.next(PublicationEvent.class))).isEqualTo(last + 1);
            assertThat(ended(SlowConsumer.LATEST_ONLY)).isOne();
            assertThat(slow.seen().count(ConnectingEvent.class)).isOne();
        }
    }

    @Test
    void ofALatestOnlyChannelWithoutHistoryTheNewestComesOnTheSameSubscription() throws Exception {
        String channel = "gauge:a";
        try (JavaClient slow = new JavaClient(network.port(), _ -> {});
                WireClient publisher = WireClient.connected(relay.port(), Encoding.JSON)) {
            slow.connect();
            EventLog seen = slow.subscribed(channel).seen();
            // Many times the bound, and still connected.
            long last = publishUntil(publisher, channel, () -> dropped(SlowConsumer.LATEST_ONLY) > 1_000);

            network.mode(FaultProxy.Mode.PASS);
            List<Long> numbers =
                    seenUntil(seen, last).stream().map(SlowConsumerTest::number).toList();
            assertThat(numbers).isSorted().doesNotHaveDuplicates().endsWith(last);
            publisher.ok(Request.Publish.of(channel, message(last + 1)));
            assertThat(number(seen.next(PublicationEvent.class))).isEqualTo(last + 1);
            assertThat(seen.count(SubscribingEvent.class)).isOne();
            assertThat(ended(SlowConsumer.LATEST_ONLY)).isZero();
        }
    }

    @Test
    void whoCanNotDropEnoughIsDisconnectedWith3008() throws Exception {
        try (WireClient stalled = new WireClient(relay.port(), Encoding.JSON, 16 * 1024);
                WireClient publisher = WireClient.connected(relay.port(), Encoding.JSON)) {
            stalled.connect();
            stalled.subscribe(Request.Subscribe.to("kept:a"));
            stalled.subscribe(Request.Subscribe.to("strict"));
            for (int i = 1; i <= MOST && relay.clientCount() == 2; i++) {
                publisher.ok(Request.Publish.of("kept:a", message(i)));
                publisher.ok(Request.Publish.of("strict", message(i)));
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> relay.clientCount() == 1);
            assertThat(stalled.awaitClose()).isEqualTo(new WireClient.Closed(3008, "slow"));
            assertThat(ended(SlowConsumer.DISCONNECT)).isOne();
            assertThat(dropped(SlowConsumer.DISCONNECT)).isPositive();
        }
    }

    @Test
    void overTlsASlowClientIsToldAsWell(@TempDir Path folder) throws Exception {
        Certificate certificates = Certificate.selfSigned(folder);
        String tls = "enabled: true, cert_pem: '%s', key_pem: '%s'"
                .formatted(certificates.certificate(), certificates.key());
        try (Relay secure = Relay.start(RelayConfig.parse(CONFIG.formatted(tls)));
                RawSocket slow = new RawSocket(secure.port(), certificates.trusting()).upgraded();
                RawSocket publisher = new RawSocket(secure.port(), certificates.trusting()).upgraded()) {
            slow.text("{\"id\":1,\"connect\":{}}");
            slow.read();
            slow.text("{\"id\":2,\"subscribe\":{\"channel\":\"kept:a\"}}");
            slow.read();
            publisher.text("{\"id\":1,\"connect\":{}}");
            publisher.read();
            int last = 0;
            while (secure.slowConsumers().ended(SlowConsumer.DROP_OLDEST) == 0) {
                assertThat(last).isLessThan(MOST);
                publisher.text("{\"id\":%d,\"publish\":{\"channel\":\"kept:a\",\"data\":\"%s\"}}"
                        .formatted(++last + 1, PADDING));
                publisher.read();
            }
            long offset = 0;
            String text = slow.read().orElseThrow().text();
            while (!text.contains("\"unsubscribe\"")) {
                assertThat(text).contains("\"offset\":%d}".formatted(++offset));
                text = slow.read().orElseThrow().text();
            }
            assertThat(text).contains("\"code\":2500");
            // What was published when the subscription had ended already was not dropped, but not delivered either.
            assertThat(secure.slowConsumers().dropped(SlowConsumer.DROP_OLDEST)).isBetween(1L, last - offset);
        }
    }

    private long dropped(SlowConsumer policy) {
        return relay.slowConsumers().dropped(policy);
    }

    private long ended(SlowConsumer policy) {
        return relay.slowConsumers().ended(policy);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /// The offsets up to the publication with a number.
    private static List<Long> readUntil(WireClient reader, long number) throws IOException {
        List<Long> offsets = new ArrayList<>();
        String wanted = "{\"n\":" + number + ",";
        while (true) {
            Push.Pub push = (Push.Pub) reader.push().orElseThrow();
            offsets.add(push.publication().offset());
            if (push.publication().data().text().startsWith(wanted)) {
                return offsets;
            }
        }
    }
}
