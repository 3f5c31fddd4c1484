package dev.heliograph.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.testkit.FaultProxy.Mode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final ServerSocket upstream = listen();
    private final FaultProxy proxy = FaultProxy.start(upstream.getLocalPort());

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, LOOPBACK);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
        upstream.close();
    }

    @Test
    void bytesPassInBothDirections() throws Exception {
        byte[] sent = new byte[1_000_000];
        new Random(7).nextBytes(sent);
        try (Pair pair = new Pair();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writing = threads.submit(() -> {
                pair.client.getOutputStream().write(sent);
                pair.client.shutdownOutput();
                return null;
            });
            assertThat(pair.server.getInputStream().readAllBytes()).isEqualTo(sent);
            writing.get();
            pair.server.getOutputStream().write('b');
            pair.server.shutdownOutput();
            assertThat(pair.client.getInputStream().readAllBytes()).containsExactly('b');
        }
        Awaitility.await().until(() -> proxy.connections() == 0);
    }

    @Test
    void swallowedBytesAreLostWhileThoseOfTheClientGoOn() throws Exception {
        try (Pair pair = new Pair()) {
            proxy.mode(Mode.SWALLOW);
            // More than all buffers on the way hold, so that it can only be written if it is read.
            pair.server.getOutputStream().write(new byte[20_000_000]);
            pair.client.getOutputStream().write('a');
            assertThat(pair.server.getInputStream().read()).isEqualTo('a');
            pair.server.close();
            assertNothingComes(pair.client);
        }
    }

    @Test
    void aClientHearsOfASwallowedEndWhenBytesPassAgain() throws Exception {
        try (Pair pair = new Pair()) {
            proxy.mode(Mode.SWALLOW);
            pair.server.close();
            assertNothingComes(pair.client);
            proxy.mode(Mode.PASS);
            assertThat(pair.client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void bytesThatHangGoOnLater() throws Exception {
        try (Pair pair = new Pair()) {
            proxy.mode(Mode.HANG);
            pair.client.getOutputStream().write('a');
            pair.server.getOutputStream().write('b');
            assertNothingComes(pair.server);
            assertNothingComes(pair.client);
            proxy.mode(Mode.PASS);
            assertThat(pair.server.getInputStream().read()).isEqualTo('a');
            assertThat(pair.client.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void connectionsAreCutAndNewOnesToo() throws Exception {
        try (Pair pair = new Pair()) {
            proxy.mode(Mode.CUT);
            assertThat(proxy.connections()).isZero();
            assertThatThrownBy(() -> pair.client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> pair.server.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(FaultProxyTest.this::readOnNewConnection).isInstanceOf(IOException.class);
            proxy.mode(Mode.PASS);
            try (Pair another = new Pair()) {
                another.client.getOutputStream().write('a');
                assertThat(another.server.getInputStream().read()).isEqualTo('a');
            }
        }
    }

    @Test
    void aHangingConnectionCanBeCut() throws Exception {
        try (Pair pair = new Pair()) {
            proxy.mode(Mode.HANG);
            pair.server.getOutputStream().write('b');
            proxy.mode(Mode.CUT);
            assertThatThrownBy(() -> pair.client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aFaultCanBeThatOfThoseWhoHaveSaidSomething() throws Exception {
        try (Pair subscriber = new Pair();
                Pair other = new Pair()) {
            subscriber.send("I am a sub");
            subscriber.send("scriber");
            other.send("I am none");
            proxy.mode(Mode.SWALLOW, "subscriber");
            subscriber.answer("lost");
            other.answer("x");
            assertThat(other.client.getInputStream().read()).isEqualTo('x');
            assertNothingComes(subscriber.client);
            try (Pair late = new Pair()) {
                late.answer("y");
                assertThat(late.client.getInputStream().read()).isEqualTo('y');
                late.send("I become a subscriber");
                late.answer("lost");
                assertNothingComes(late.client);
            }
            proxy.mode(Mode.PASS);
            subscriber.answer("z");
            assertThat(subscriber.client.getInputStream().read()).isEqualTo('z');
        }
    }

    @Test
    void thoseWhoHaveSaidSomethingAreCutAloneAndWhoSaysItLaterToo() throws Exception {
        try (Pair subscriber = new Pair();
                Pair other = new Pair()) {
            subscriber.send("subscriber");
            other.send("other");
            proxy.mode(Mode.CUT, "subscriber");
            assertThatThrownBy(() -> subscriber.client.getInputStream().read()).isInstanceOf(SocketException.class);
            other.answer("x");
            assertThat(other.client.getInputStream().read()).isEqualTo('x');
            other.client.getOutputStream().write(" subscriber".getBytes(US_ASCII));
            assertThatThrownBy(() -> other.client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void whatIsSaidBehindTheBeginningCountsNoMore() throws Exception {
        try (Pair pair = new Pair()) {
            pair.send("x".repeat(1_024));
            pair.send("subscriber");
            proxy.mode(Mode.SWALLOW, "subscriber");
            pair.answer("y");
            assertThat(pair.client.getInputStream().read()).isEqualTo('y');
        }
    }

    @Test
    void aClientIsCutOffWhenNobodyListensUpstream() throws Exception {
        upstream.close();
        assertThatThrownBy(this::readOnNewConnection).isInstanceOf(IOException.class);
        Awaitility.await().until(() -> proxy.connections() == 0);
    }

    @Test
    void aClosedProxyHasNoConnectionsAndTakesNone() throws Exception {
        try (Pair pair = new Pair()) {
            proxy.close();
            proxy.mode(Mode.PASS);
            assertThat(proxy.mode()).isEqualTo(Mode.CUT);
            assertThatThrownBy(() -> pair.client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(this::readOnNewConnection).isInstanceOf(IOException.class);
        }
    }

    private void readOnNewConnection() throws IOException {
        try (Socket socket = new Socket(LOOPBACK, proxy.port())) {
            if (socket.getInputStream().read() < 0) {
                throw new EOFException();
            }
        }
    }

    /// Reads for a while; what must never come may be missed, but nothing else fails this.
    private static void assertNothingComes(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        InputStream in = socket.getInputStream();
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(0);
    }

    /// A client's connection through the proxy, and its other end.
    private final class Pair implements AutoCloseable {

        final Socket client;
        final Socket server;

        Pair() throws IOException {
            client = new Socket(LOOPBACK, proxy.port());
            server = upstream.accept();
        }

        /// Returns when the other end has it.
        void send(String text) throws IOException {
            client.getOutputStream().write(text.getBytes(US_ASCII));
            assertThat(server.getInputStream().readNBytes(text.length())).isEqualTo(text.getBytes(US_ASCII));
        }

        void answer(String text) throws IOException {
            server.getOutputStream().write(text.getBytes(US_ASCII));
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }
}
