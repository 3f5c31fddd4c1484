package dev.heliograph.server.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The test client against a small server made of this package's decoder and encoder.
class RawWebSocketTest {

    private final Server server = new Server(ServerSocketFactory.getDefault());

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void exchangesMessagesOfEveryLength() {
        try (RawWebSocket client = RawWebSocket.to(server.port()).connect()) {
            for (int length : new int[] {0, 125, 126, 65_535, 65_536, 300_000}) {
                byte[] payload = new byte[length];
                new Random(length).nextBytes(payload);

                client.send(ClientFrame.binary(payload));

                ServerFrame echo = client.read();
                assertThat(echo.isBinary()).isTrue();
                assertThat(echo.fin()).isTrue();
                assertThat(echo.reserved()).isZero();
                assertThat(echo.payload()).isEqualTo(payload);
            }
            client.sendText("grüezi");
            assertThat(client.readText()).isEqualTo("grüezi");
        }
    }

    @Test
    void seesPongsAndTheCloseAndTheEnd() {
        try (RawWebSocket client = RawWebSocket.to(server.port()).connect()) {
            client.send(ClientFrame.ping("p"), ClientFrame.close(4001, "bye"));

            assertThat(client.readToEnd())
                    .extracting(ServerFrame::toString)
                    .containsExactly("pong of 1 bytes: p", "close of 5 bytes 4001: bye");
        }
    }

    @Test
    void seesHowAServerAnswersAViolation() {
        try (RawWebSocket client = RawWebSocket.to(server.port()).connect()) {
            client.sendBytes(ClientFrame.text("x").unmasked().bytes());

            ServerFrame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1002);
            assertThat(close.closeReason()).isEqualTo("frame not masked");
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void sendsFramesTogetherWithTheHandshake() {
        try (RawWebSocket client =
                RawWebSocket.to(server.port()).early(ClientFrame.text("early")).connect()) {
            assertThat(client.readText()).isEqualTo("early");
        }
    }

    @Test
    void speaksTls(@TempDir Path directory) throws Exception {
        TestTls tls = TestTls.create(directory);
        try (Server secure = new Server(tls.server().getServerSocketFactory());
                RawWebSocket client =
                        RawWebSocket.to(secure.port()).tls(tls.client()).connect()) {
            client.sendText("secret");

            assertThat(client.readText()).isEqualTo("secret");
        }
    }

    @Test
    void sendsTheHeadersItIsTold() {
        RawHandshake.Response response = RawWebSocket.to(server.port())
                .path("/some?query=1")
                .header("origin", "https://one.example")
                .header("Origin", "https://two.example")
                .addHeader("Cookie", "a=b")
                .without("upgrade")
                .attempt();

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.header("Content-Type")).contains("text/plain");
        assertThat(response.body())
                .startsWith("GET /some?query=1 HTTP/1.1\r\nHost: ")
                .contains("Origin: https://two.example\r\n", "Cookie: a=b\r\n")
                .doesNotContain("one.example", "Upgrade: websocket");
    }

    @Test
    void failsToConnectWithoutTheRightAnswer() {
        RawHandshake refused = RawWebSocket.to(server.port()).without("Sec-WebSocket-Key");

        assertThatThrownBy(refused::connect).isInstanceOf(AssertionError.class).hasMessageContaining("400");
    }

    @Test
    void failsWhenNoFrameComesInTime() {
        try (RawWebSocket client = RawWebSocket.to(server.port()).connect()) {
            assertThatThrownBy(() -> client.read(Duration.ofMillis(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("nothing came in time");
        }
    }

    @Test
    void tellsAnEndFromAReset() {
        try (RawWebSocket client = RawWebSocket.to(server.port()).connect()) {
            client.sendText("reset");

            assertThatThrownBy(client::readToEnd).isInstanceOf(UncheckedIOException.class);
        }
        try (RawWebSocket client = RawWebSocket.to(server.port()).connect()) {
            client.shutdownOutput();

            assertThat(client.readToEnd()).isEmpty();
        }
    }

    /// Echoes what it gets; resets the connection when asked to.
    private static final class Server implements AutoCloseable {

        private final ServerSocket listening;

        Server(ServerSocketFactory factory) {
            try {
                listening = factory.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.startVirtualThread(this::accept);
        }

        int port() {
            return listening.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }

        private void accept() {
            while (!listening.isClosed()) {
                try (Socket socket = listening.accept()) {
                    serve(socket);
                } catch (IOException _) {
                    // The client or the test has ended.
                }
            }
        }

        private static void serve(Socket socket) throws IOException {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int b = in.read();
                if (b < 0) {
                    return;
                }
                head.append((char) b);
            }
            String accept =
                    Handshake.acceptKey(value(head, "Sec-WebSocket-Key")).orElse("");
            if (accept.isEmpty() || !Handshake.isUpgradeRequest(value(head, "Upgrade"), value(head, "Connection"))) {
                String answer = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: "
                        + head.length() + "\r\n\r\n" + head;
                out.write(answer.getBytes(ISO_8859_1));
                return;
            }
            String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n";
            out.write(answer.getBytes(ISO_8859_1));
            echo(socket, in, new Echo(out));
        }

        private static void echo(Socket socket, InputStream in, Echo handler) throws IOException {
            FrameDecoder decoder = new FrameDecoder(1 << 20);
            byte[] buffer = new byte[8_192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                try {
                    decoder.decode(ByteBuffer.wrap(buffer, 0, count), handler);
                } catch (WebSocketException e) {
                    handler.write(FrameEncoder.close(e.closeCode(), String.valueOf(e.getMessage())));
                    return;
                }
                if (handler.reset) {
                    socket.setSoLinger(true, 0);
                    return;
                }
                if (handler.closed) {
                    return;
                }
            }
        }

        private static String value(StringBuilder head, String name) {
            return head.toString()
                    .lines()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }
    }

    private static final class Echo implements FrameHandler {

        boolean closed;
        boolean reset;

        private final OutputStream out;

        Echo(OutputStream out) {
            this.out = out;
        }

        void write(byte[] frame) {
            try {
                out.write(frame);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onMessage(boolean text, byte[] payload) {
            reset = text && new String(payload, UTF_8).equals("reset");
            if (!reset) {
                write(text ? FrameEncoder.text(payload) : FrameEncoder.binary(payload));
            }
        }

        @Override
        public void onPing(byte[] payload) {
            write(FrameEncoder.pong(payload));
        }

        @Override
        public void onPong(byte[] payload) {}

        @Override
        public void onClose(int code, String reason) {
            write(FrameEncoder.close(code, reason));
            closed = true;
        }
    }
}
