package dev.heliograph.server.transport;

import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.guard.Guard;
import dev.heliograph.server.hub.ShardMeter;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.observe.Tracer;
import dev.heliograph.server.session.Link;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A listening transport whose sessions tell what they see.
final class TransportUnderTest implements AutoCloseable {

    private final BlockingQueue<String> addresses = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final Transport transport;

    /// @param yaml section `http_server` without address and port, in braces
    TransportUnderTest(String yaml) {
        this(RelayConfig.parse("http_server: {address: 127.0.0.1, port: 0, " + yaml + "}\nshutdown: {timeout: 0s}\n"));
    }

    TransportUnderTest(RelayConfig config) {
        this.transport = new Transport(
                config,
                new Guard(config.client(), Clock.systemUTC(), Instruments.off()),
                Instruments.off(),
                new ShardMeter(Instruments.off(), new Tracer(Clock.systemUTC())),
                TransportUnderTest::routes,
                (link, _) -> {
                    addresses.add(link.remoteAddress());
                    return new Handler();
                });
    }

    /// `/address` answers with what a service sees.
    private static void routes(HttpRouting.Builder http) {
        http.get(
                "/address",
                (request, response) -> response.send(ClientAddress.of(request.headers())
                        + " "
                        + request.headers()
                                .first(HeaderNames.create("x-heliograph-client-address"))
                                .orElse("")));
    }

    int port() {
        return transport.port();
    }

    /// The address that the next new session sees.
    String nextAddress() throws InterruptedException {
        return Optional.ofNullable(addresses.poll(20, TimeUnit.SECONDS)).orElse("no session");
    }

    boolean sawNoSession() {
        return addresses.isEmpty();
    }

    /// The next message to any session.
    String nextMessage() throws InterruptedException {
        return Optional.ofNullable(messages.poll(20, TimeUnit.SECONDS)).orElse("no message");
    }

    @Override
    public void close() {
        transport.close();
    }

    private final class Handler implements Link.Handler {
        @Override
        public void onMessage(boolean text, byte[] payload) {
            messages.add(new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void onNativePong() {}

        @Override
        public void onClosed(Link.Ending ending) {}

        @Override
        public void onWake(long now) {}
    }
}
