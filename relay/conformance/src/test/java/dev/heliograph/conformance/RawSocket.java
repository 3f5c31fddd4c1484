package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A socket that speaks whatever a test writes into it, over TCP or TLS.
final class RawSocket implements Closeable {

    /// A frame of the server.
    record Frame(int opcode, byte[] payload) {

        /// The code of a close frame; 1005 if it has none.
        int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        }

        String text() {
            return new String(payload, UTF_8);
        }
    }

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private final Socket tcp = new Socket();
    private final Socket socket;
    private final DataInputStream in;

    RawSocket(int port, @Nullable SSLContext tls) throws IOException {
        this("0.0.0.0", port, tls);
    }

    /// @param from the address on this machine to come from
    static RawSocket from(String from, int port, @Nullable SSLContext tls) throws IOException {
        return new RawSocket(from, port, tls);
    }

    private RawSocket(String from, int port, @Nullable SSLContext tls) throws IOException {
        tcp.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        tcp.setTcpNoDelay(true);
        tcp.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
        tcp.setSoTimeout(15_000);
        if (tls == null) {
            socket = tcp;
        } else {
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(tcp, "127.0.0.1", port, true);
            secure.startHandshake();
            socket = secure;
        }
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /// Sends a handshake with further header lines, and reads the head of the answer.
    String handshake(String... lines) throws IOException {
        write(("GET /connection/websocket HTTP/1.1\r\nHost: 127.0.0.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        return head();
    }

    /// An ordinary handshake that must succeed.
    RawSocket upgraded() throws IOException {
        String head = handshake(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException(head);
        }
        return this;
    }

    /// Asks for a page, and reads the whole answer.
    String get(String path) throws IOException {
        write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            head.append((char) b);
        }
        return head.toString();
    }

    RawSocket write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /// Sends a whole masked frame.
    RawSocket frame(int first, byte[] payload) throws IOException {
        return write(masked(first, payload, payload.length));
    }

    RawSocket text(String text) throws IOException {
        return frame(0x80 | TEXT, text.getBytes(UTF_8));
    }

    /// A masked frame that announces a length, with a payload that may be shorter.
    ///
    /// @param first the first byte: FIN, reserved bits, opcode
    static byte[] masked(int first, byte[] payload, long announced) {
        byte[] mask = {0x11, 0x22, 0x33, 0x44};
        int head = announced < 126 ? 2 : announced < 65_536 ? 4 : 10;
        byte[] frame = new byte[head + 4 + payload.length];
        frame[0] = (byte) first;
        if (head == 2) {
            frame[1] = (byte) (0x80 | announced);
        } else if (head == 4) {
            frame[1] = (byte) 0xFE;
            frame[2] = (byte) (announced >> 8);
            frame[3] = (byte) announced;
        } else {
            frame[1] = (byte) 0xFF;
            for (int i = 0; i < 8; i++) {
                frame[2 + i] = (byte) (announced >>> 56 - 8 * i);
            }
        }
        System.arraycopy(mask, 0, frame, head, 4);
        for (int i = 0; i < payload.length; i++) {
            frame[head + 4 + i] = (byte) (payload[i] ^ mask[i & 3]);
        }
        return frame;
    }

    /// The next frame; nothing at the end of the stream.
    Optional<Frame> read() throws IOException {
        try {
            int first = in.readByte();
            int length = in.readByte() & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] payload = in.readNBytes(length);
            return Optional.of(new Frame(first & 0x0F, payload));
        } catch (EOFException | SocketException _) {
            return Optional.empty();
        }
    }

    /// Reads up to the close frame.
    Frame awaitClose() throws IOException {
        while (true) {
            Frame frame = read().orElseThrow(() -> new EOFException("ended without a close frame"));
            if (frame.opcode() == CLOSE) {
                return frame;
            }
        }
    }

    /// Whether nothing but the end of the stream follows.
    boolean ended() throws IOException {
        return read().isEmpty();
    }

    /// Reads away what comes until the relay ends the connection, with or without a word.
    ///
    /// @throws SocketTimeoutException if it does not
    void awaitEnd() throws SocketTimeoutException {
        try {
            while (in.read() >= 0) {
                // An HTTP status, perhaps.
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            // A reset, or TLS that ends without its own goodbye.
        }
    }

    void finish() throws IOException {
        tcp.shutdownOutput();
    }

    /// Ends the TCP connection with a reset.
    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
