package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketContext;
import io.helidon.websocket.WsSession;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveSocketTest {

    /// Those that wait, and the one that is being written.
    private static final int HELD = 9;

    private static final int MESSAGES = 100;

    private final Semaphore reading = new Semaphore(0);
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger sent = new AtomicInteger();

    private final LiveSocket socket = new LiveSocket() {
        @Override
        void opened(String from) {
            opened.countDown();
        }

        @Override
        void check() {}

        @Override
        void received(JsonNode message) {}

        @Override
        void closed() {
            closed.countDown();
        }
    };

    private static <T> T fake(Class<T> type, java.lang.reflect.InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(LiveSocketTest.class.getClassLoader(), new Class<?>[] {type}, answers));
    }

    /// A peer that reads one message for each permit.
    private WsSession session() {
        SocketContext context = fake(
                SocketContext.class,
                (_, _, _) ->
                        fake(PeerInfo.class, (_, method, _) -> method.getName().equals("host") ? "192.0.2.1" : null));
        return fake(WsSession.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "socketContext" -> {
                    return context;
                }
                case "send" -> {
                    reading.acquire();
                    written.add(String.valueOf(arguments[0]));
                    return proxy;
                }
                default -> {
                    return proxy;
                }
            }
        });
    }

    private Thread sender() {
        return Thread.startVirtualThread(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                socket.send(i);
                sent.incrementAndGet();
            }
        });
    }

    @Test
    void whoSendsWaitsForWhoReads() throws InterruptedException {
        socket.onOpen(session());
        assertThat(opened.await(30, TimeUnit.SECONDS)).isTrue();
        Thread sender = sender();
        await().during(Duration.ofMillis(300)).until(() -> sent.get() == HELD);
        reading.release(MESSAGES);
        sender.join();
        await().until(() -> written.size() == MESSAGES);
        assertThat(written)
                .containsExactlyElementsOf(
                        IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList());
        socket.end();
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoSendsWaitsNoLongerWhenItHasEnded() throws InterruptedException {
        WsSession session = session();
        socket.onOpen(session);
        assertThat(opened.await(30, TimeUnit.SECONDS)).isTrue();
        Thread sender = sender();
        await().until(() -> sent.get() == HELD);
        socket.onClose(session, 1000, "");
        sender.join();
        assertThat(sent).hasValue(MESSAGES);
        reading.release();
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(written).hasSize(1);
    }
}
