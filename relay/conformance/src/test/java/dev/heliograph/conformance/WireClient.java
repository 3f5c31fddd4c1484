package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A client of the protocol on a plain blocking socket: does exactly what it is told and hides nothing. For one thread.
public final class WireClient implements Closeable {

    /// The end of a connection as this side saw it; 1006 without a close frame.
    public record Closed(int code, String reason) {}

    private final Socket socket = new Socket();
    private final Encoding encoding;
    private final DataInputStream in;
    private final OutputStream out;
    private final ArrayDeque<Reply> replies = new ArrayDeque<>();
    private final ArrayDeque<Push> pushes = new ArrayDeque<>();
    private @Nullable Closed closed;
    private long lastId;

    /// Shakes hands, and no more.
    public WireClient(int port, Encoding encoding) throws IOException {
        this(port, encoding, 0);
    }

    /// @param receiveBuffer bytes of the socket's receive buffer; 0 for the system's
    WireClient(int port, Encoding encoding, int receiveBuffer) throws IOException {
        this.encoding = encoding;
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
            socket.setSoTimeout(20_000);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 16 * 1024));
            out = socket.getOutputStream();
            String query = encoding == Encoding.PROTOBUF ? "?format=protobuf" : "";
            out.write(("GET /connection/websocket" + query + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                    .getBytes(UTF_8));
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                head.append((char) in.readByte());
            }
            if (!head.toString().startsWith("HTTP/1.1 101")) {
                throw new IOException("refused: " + head);
            }
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public static WireClient connected(int port, Encoding encoding) throws IOException {
        WireClient client = new WireClient(port, encoding);
        client.connect();
        return client;
    }

    public Result.Connect connect() throws IOException {
        return (Result.Connect) ok(new Request.Connect("", Bytes.EMPTY, Map.of(), "", "", Map.of(), 0));
    }

    public Result.Subscribe subscribe(Request.Subscribe request) throws IOException {
        return (Result.Subscribe) ok(request);
    }

    /// Sends a request and waits for its success.
    public Result ok(Request request) throws IOException {
        Reply reply = call(request);
        if (reply instanceof Reply.Ok ok) {
            return ok.result();
        }
        throw new IOException("not ok: " + reply + " " + closed);
    }

    /// Sends a request and waits for its reply; pushes are kept for [#push].
    public Reply call(Request request) throws IOException {
        long id = ++lastId;
        send(new Command(id, request));
        while (true) {
            Reply reply = replies.poll();
            if (reply == null) {
                if (!read()) {
                    throw new EOFException("closed: " + closed);
                }
            } else if ((reply instanceof Reply.Ok ok && ok.id() == id)
                    || (reply instanceof Reply.Failed failed && failed.id() == id)) {
                return reply;
            }
        }
    }

    public void send(Command command) throws IOException {
        byte[] message = encoding.codec().encode(command);
        frame(encoding == Encoding.JSON ? 1 : 2, message);
    }

    /// Sends one masked frame.
    void frame(int opcode, byte[] payload) throws IOException {
        int head = payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10;
        byte[] frame = new byte[head + 4 + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        if (head == 2) {
            frame[1] = (byte) (0x80 | payload.length);
        } else if (head == 4) {
            frame[1] = (byte) 0xFE;
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        } else {
            frame[1] = (byte) 0xFF;
            for (int i = 0; i < 4; i++) {
                frame[6 + i] = (byte) (payload.length >>> 24 - 8 * i);
            }
        }
        System.arraycopy(payload, 0, frame, head + 4, payload.length);
        raw(frame);
    }

    /// Sends bytes as they are.
    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /// The next push; nothing if the connection ended.
    public Optional<Push> push() throws IOException {
        while (pushes.isEmpty()) {
            if (!read()) {
                return Optional.empty();
            }
        }
        return Optional.of(pushes.remove());
    }

    /// Reads until the connection ends.
    public Closed awaitClose() throws IOException {
        while (read()) {
            replies.clear();
            pushes.clear();
        }
        return closed == null ? new Closed(1006, "") : closed;
    }

    /// Reads one frame, answering pings of both kinds.
    ///
    /// @return false at the end of the connection
    private boolean read() throws IOException {
        if (closed != null) {
            return false;
        }
        try {
            int opcode = in.readByte() & 0x0F;
            int length = in.readByte() & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] payload = in.readNBytes(length);
            switch (opcode) {
                case 1, 2 -> encoding.codec().decodeReplies(payload, 0, length, this::received);
                case 8 -> {
                    closed = length < 2
                            ? new Closed(1005, "")
                            : new Closed(
                                    (payload[0] & 0xFF) << 8 | payload[1] & 0xFF,
                                    new String(payload, 2, length - 2, UTF_8));
                    frame(8, payload);
                    return false;
                }
                case 9 -> frame(10, payload);
                default -> {}
            }
            return true;
        } catch (EOFException | java.net.SocketException _) {
            if (closed == null) {
                closed = new Closed(1006, "");
            }
            return false;
        }
    }

    private void received(Reply reply) {
        switch (reply) {
            case Reply.Ping _ -> {
                try {
                    send(new Command(0, new Request.Pong()));
                } catch (IOException _) {
                    // The next read says so.
                }
            }
            case Reply.Pushed pushed -> pushes.add(pushed.push());
            case Reply.Ok _, Reply.Failed _ -> replies.add(reply);
        }
    }

    public void timeout(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
    }

    /// Drops the TCP connection, if there still is one: no close frame. For any thread.
    public void drop() throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // Its own thread may have closed it meanwhile.
            if (!socket.isClosed()) {
                throw e;
            }
        }
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
