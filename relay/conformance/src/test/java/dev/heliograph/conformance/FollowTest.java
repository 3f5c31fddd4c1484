package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.observe.FollowSpec;
import dev.heliograph.server.observe.FollowSpec.Target;
import dev.heliograph.server.observe.TraceEvent;
import dev.heliograph.server.observe.TraceEvent.Kind;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an operator sees who follows a client, a channel or an address while clients talk.
class FollowTest {

    private Relay relay;
    private final BlockingQueue<TraceEvent> events = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        relay = Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                client: {insecure: true, ping_interval: 0s}
                """));
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private AutoCloseable follow(Target target, String value) {
        return relay.tracer().follow(new FollowSpec(target, value, Duration.ofMinutes(5), 1, false), events::add);
    }

    private TraceEvent next(Kind kind) throws InterruptedException {
        TraceEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        assertThat(event.kind()).as(event.toString()).isEqualTo(kind);
        return event;
    }

    @Test
    void anAddressIsFollowedFromItsFirstCommandToItsEnd() throws Exception {
        try (AutoCloseable _ = follow(Target.IP, "127.0.0.1")) {
            try (WireClient client = new WireClient(relay.port(), Encoding.JSON)) {
                String id = client.connect().client();
                assertThat(next(Kind.COMMAND).detail()).isEqualTo("connect 1");
                assertThat(next(Kind.CONNECTED).client()).isEqualTo(id);
                client.subscribe(Request.Subscribe.to("news"));
                assertThat(next(Kind.COMMAND).channel()).isEqualTo("news");
                client.call(Request.Subscribe.to("news"));
                assertThat(next(Kind.COMMAND).detail()).isEqualTo("subscribe 3");
                assertThat(next(Kind.ERROR).detail()).isEqualTo("3: 105 already subscribed");
                client.ok(Request.Publish.of("news", Bytes.utf8("{\"text\":\"private words\"}")));
                TraceEvent publish = next(Kind.COMMAND);
                assertThat(publish.preview()).isEqualTo("{\"xxxx\":\"xxxxxxx xxxxx\"}");
                TraceEvent delivered = next(Kind.DELIVERED);
                assertThat(delivered.channel()).isEqualTo("news");
                assertThat(delivered.client()).isEqualTo(id);
                assertThat(delivered.bytes()).isPositive();
                client.send(new Command(0, new Request.Send(Bytes.utf8("1"))));
                assertThat(next(Kind.COMMAND).detail()).isEqualTo("send 0");
                assertThat(next(Kind.DISCONNECTED).detail()).startsWith("3508");
            }
        }
        next(Kind.ENDED);
    }

    @Test
    void aChannelIsFollowedOverAllItsSubscribersAndNoOtherIs() throws Exception {
        try (WireClient one = WireClient.connected(relay.port(), Encoding.JSON);
                WireClient two = WireClient.connected(relay.port(), Encoding.PROTOBUF);
                AutoCloseable _ = follow(Target.CHANNEL, "news")) {
            one.subscribe(Request.Subscribe.to("weather"));
            one.subscribe(Request.Subscribe.to("news"));
            assertThat(next(Kind.COMMAND).channel()).isEqualTo("news");
            two.subscribe(Request.Subscribe.to("news"));
            next(Kind.COMMAND);
            one.ok(Request.Publish.of("weather", Bytes.utf8("1")));
            one.ok(Request.Publish.of("news", Bytes.utf8("1")));
            next(Kind.COMMAND);
            // One for each subscriber, on the loop of each.
            next(Kind.DELIVERED);
            next(Kind.DELIVERED);
        }
        next(Kind.ENDED);
    }

    @Test
    void whoIsNotFollowedLeavesNoTrace() throws Exception {
        try (AutoCloseable _ = follow(Target.USER, "somebody else");
                WireClient client = WireClient.connected(relay.port(), Encoding.JSON)) {
            client.subscribe(Request.Subscribe.to("news"));
            client.ok(Request.Publish.of("news", Bytes.utf8("1")));
            assertThat(client.push()).isPresent();
        }
        next(Kind.ENDED);
    }
}
