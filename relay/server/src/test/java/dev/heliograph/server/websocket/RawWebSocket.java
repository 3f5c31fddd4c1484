package dev.heliograph.server.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A WebSocket client for tests that does nothing by itself: it sends what it is told, right or wrong, answers neither
/// ping nor close, and shows each frame and the way the connection ended.
///
/// ```java
/// try (RawWebSocket client = RawWebSocket.to(port).path("/chat").connect()) {
///     client.send(ClientFrame.text("hello"));
///     assertThat(client.read().text()).isEqualTo("hello");
/// }
/// ```
/// Not threadsafe, but one thread may send while another one reads.
public final class RawWebSocket implements AutoCloseable {

    /// Longer than anything takes on a busy machine, so that running into it is a failure.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream in;
    private final RawHandshake.Response response;

    RawWebSocket(Socket socket, InputStream in, RawHandshake.Response response) {
        this.socket = socket;
        this.in = in;
        this.response = response;
    }

    /// A client of a server on this machine.
    public static RawHandshake to(int port) {
        return new RawHandshake(port);
    }

    /// The server's answer to the handshake.
    public RawHandshake.Response response() {
        return response;
    }

    public Socket socket() {
        return socket;
    }

    /// Sends frames in one write.
    public void send(ClientFrame... frames) {
        sendBytes(ClientFrame.join(frames));
    }

    public void sendText(String text) {
        send(ClientFrame.text(text));
    }

    /// Sends whatever bytes in one write.
    public void sendBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next frame.
    public ServerFrame read() {
        return read(PATIENCE);
    }

    /// The next frame; fails if it does not come in time, or the connection ends.
    public ServerFrame read(Duration timeout) {
        return next(System.nanoTime() + timeout.toNanos())
                .orElseThrow(() -> new AssertionError("the connection ended, no frame came"));
    }

    /// The next frame, which must be a whole text.
    public String readText() {
        ServerFrame frame = read();
        if (!frame.isText() || !frame.fin()) {
            throw new AssertionError("expected a text, but it is " + frame);
        }
        return frame.text();
    }

    /// The frames up to the end of the connection.
    public List<ServerFrame> readToEnd() {
        return readToEnd(PATIENCE);
    }

    /// The frames up to the end of the connection; fails if it does not end in time, or by a reset.
    public List<ServerFrame> readToEnd(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<ServerFrame> frames = new ArrayList<>();
        for (Optional<ServerFrame> next = next(deadline); next.isPresent(); next = next(deadline)) {
            frames.add(next.get());
        }
        return frames;
    }

    /// The next frame; nothing if the connection has ended between two frames.
    private Optional<ServerFrame> next(long deadline) {
        try {
            int first = readByte(deadline);
            if (first < 0) {
                return Optional.empty();
            }
            int second = readByte(deadline);
            if ((second & 0x80) != 0) {
                throw new AssertionError(second < 0 ? "the connection ended inside a frame" : "masked by the server");
            }
            int shortLength = second & 0x7F;
            long length = shortLength == 126 ? number(2, deadline) : shortLength == 127 ? number(8, deadline) : second;
            byte[] payload = bytes(Math.toIntExact(length), deadline);
            return Optional.of(new ServerFrame((first & 0x80) != 0, (first >> 4) & 7, first & 0x0F, payload));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came in time", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long number(int bytes, long deadline) throws IOException {
        long number = 0;
        for (byte b : bytes(bytes, deadline)) {
            number = (number << 8) | (b & 0xFF);
        }
        return number;
    }

    private byte[] bytes(int count, long deadline) throws IOException {
        byte[] bytes = new byte[count];
        int read = 0;
        while (read < count) {
            await(deadline);
            int more = in.read(bytes, read, count - read);
            if (more < 0) {
                throw new EOFException("the connection ended inside a frame");
            }
            read += more;
        }
        return bytes;
    }

    private int readByte(long deadline) throws IOException {
        await(deadline);
        return in.read();
    }

    private void await(long deadline) throws IOException {
        int left = millis(Duration.ofNanos(deadline - System.nanoTime()));
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        socket.setSoTimeout(left);
    }

    /// Ends this side of the connection without a close frame.
    public void shutdownOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Breaks the connection: the server gets a reset. Plain TCP only.
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Closes the socket without a close frame.
    @Override
    public void close() {
        closeQuietly(socket);
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed all the same.
        }
    }

    static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }
}
