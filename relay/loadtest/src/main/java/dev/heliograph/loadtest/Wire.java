package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.heliograph.protocol.Codec;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.ProtocolException;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.Queue;

/// One WebSocket connection that speaks the protocol in JSON, on a [Reactor] and for its thread.
///
/// ```
/// CONNECTING ──► HANDSHAKE ──► OPEN ──► LEAVING
///      └──────────────┴──────────┴─────────┴──► OVER
/// ```
///
/// The owner hears of the end once, unless it left by itself.
final class Wire implements Reactor.Ready {

    /// The one that uses the connection.
    interface Owner {

        /// The handshake succeeded.
        void opened();

        void received(Reply reply);

        void ended(End end);
    }

    private enum Phase {
        CONNECTING,
        HANDSHAKE,
        OPEN,
        LEAVING,
        OVER
    }

    /// Nobody has more to say in the head of an answer.
    private static final int MAX_HEAD = 16 * 1024;

    /// What the relay may push in one frame, and more.
    private static final int MAX_FRAME = 16 * 1024 * 1024;

    /// For the close frame of the other side.
    private static final long FAREWELL = 1_000_000_000L;

    private static final Codec CODEC = Encoding.JSON.codec();
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] PONG = ClientFrame.text(CODEC.encode(new Command(0, new Request.Pong())));

    private final Reactor reactor;
    private final Endpoint endpoint;
    private final Owner owner;
    private final SocketChannel socket;
    private Phase phase = Phase.CONNECTING;
    private byte[] rest = NOTHING;
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>(1);
    private long heard = System.nanoTime();

    private Wire(Reactor reactor, Endpoint endpoint, Owner owner, SocketChannel socket) {
        this.reactor = reactor;
        this.endpoint = endpoint;
        this.owner = owner;
        this.socket = socket;
    }

    /// Begins to connect.
    ///
    /// @throws IOException if that fails at once; the owner hears nothing then
    static Wire open(Reactor reactor, Endpoint endpoint, Owner owner) throws IOException {
        SocketChannel socket = SocketChannel.open();
        try {
            socket.configureBlocking(false);
            Wire wire = new Wire(reactor, endpoint, owner, socket);
            if (socket.connect(endpoint.address())) {
                wire.connected();
            } else {
                reactor.register(socket, SelectionKey.OP_CONNECT, wire);
            }
            return wire;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /// When something came last, as of [System#nanoTime].
    long heard() {
        return heard;
    }

    void send(long id, Request request) {
        write(ClientFrame.text(CODEC.encode(new Command(id, request))));
    }

    void pong() {
        write(PONG);
    }

    /// Says goodbye; the owner hears nothing more.
    void leave() {
        if (phase != Phase.OPEN) {
            drop();
            return;
        }
        write(ClientFrame.close());
        if (phase == Phase.OPEN) {
            phase = Phase.LEAVING;
            reactor.after(FAREWELL, this::drop);
        }
    }

    /// Gives it up; the owner hears of this end.
    void giveUp(End how) {
        end(how);
    }

    /// Whether the socket is closed.
    boolean isOver() {
        return phase == Phase.OVER;
    }

    /// Closes the socket; the owner hears nothing more.
    void drop() {
        phase = Phase.OVER;
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed for us all the same.
        }
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            if (key.isConnectable()) {
                socket.finishConnect();
                connected();
                return;
            }
            if (key.isWritable()) {
                flush();
            }
            if (phase != Phase.OVER && key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void connected() throws IOException {
        phase = Phase.HANDSHAKE;
        reactor.register(socket, SelectionKey.OP_READ, this);
        write(endpoint.upgrade());
    }

    private void fail(Exception e) {
        String cause = e.getClass().getSimpleName();
        switch (phase) {
            case CONNECTING, HANDSHAKE -> end(new End.Refused(cause, true));
            case OPEN -> end(new End.Cut(cause));
            case LEAVING, OVER -> drop();
        }
    }

    private void end(End end) {
        boolean told = phase != Phase.LEAVING && phase != Phase.OVER;
        drop();
        if (told) {
            owner.ended(end);
        }
    }

    private void read() throws IOException {
        ByteBuffer input = reactor.input();
        input.clear();
        int count = socket.read(input);
        if (count < 0) {
            end(phase == Phase.HANDSHAKE ? new End.Refused("closed", true) : new End.Cut("closed"));
            return;
        }
        heard = System.nanoTime();
        byte[] bytes;
        int length;
        if (rest.length == 0) {
            bytes = input.array();
            length = count;
        } else {
            bytes = Arrays.copyOf(rest, rest.length + count);
            System.arraycopy(input.array(), 0, bytes, rest.length, count);
            length = bytes.length;
        }
        int used = phase == Phase.HANDSHAKE ? handshake(bytes, length) : 0;
        if (phase == Phase.OPEN || phase == Phase.LEAVING) {
            used = frames(bytes, used, length);
        }
        rest = used < length && phase != Phase.OVER ? Arrays.copyOfRange(bytes, used, length) : NOTHING;
    }

    /// @return how many bytes the head has; 0 if it is not complete
    private int handshake(byte[] bytes, int length) {
        String text = new String(bytes, 0, Math.min(length, MAX_HEAD), ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            if (length >= MAX_HEAD) {
                end(new End.Refused("endless head", true));
            }
            return 0;
        }
        String head = text.substring(0, end);
        if (head.startsWith("HTTP/1.1 101")) {
            phase = Phase.OPEN;
            owner.opened();
        } else if (head.startsWith("HTTP/1.") && head.length() >= 12) {
            String status = head.substring(9, 12);
            boolean asksToWait = head.toLowerCase(Locale.ROOT).contains("\r\nretry-after:");
            end(new End.Refused(status, !(status.equals("503") && asksToWait)));
        } else {
            end(new End.Refused("not HTTP", true));
        }
        return end + 4;
    }

    /// @return up to where the bytes were whole frames
    private int frames(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= 2 && phase != Phase.OVER) {
            int shortLength = bytes[at + 1] & 0xFF;
            int head = shortLength < 126 ? 2 : shortLength == 126 ? 4 : 10;
            if (to - at < head) {
                break;
            }
            ByteBuffer lengths = ByteBuffer.wrap(bytes, at + 2, head - 2);
            long length = switch (head) {
                case 2 -> shortLength;
                case 4 -> lengths.getShort() & 0xFFFF;
                default -> lengths.getLong();
            };
            if (shortLength > 127 || length < 0 || length > MAX_FRAME) {
                end(new End.Cut("not WebSocket"));
                break;
            }
            if (to - at - head < length) {
                break;
            }
            frame(bytes[at] & 0xFF, bytes, at + head, (int) length);
            at += head + (int) length;
        }
        return at;
    }

    private void frame(int first, byte[] bytes, int from, int length) {
        switch (first) {
            case 0x81 -> text(bytes, from, length);
            case 0x88 -> {
                int code = length < 2 ? 1005 : (bytes[from] & 0xFF) << 8 | bytes[from + 1] & 0xFF;
                // Answered, as RFC 6455 section 5.5.1 asks for.
                if (phase == Phase.OPEN) {
                    write(ClientFrame.close());
                }
                end(new End.Closed(code));
            }
            case 0x89 -> write(ClientFrame.pong(Arrays.copyOfRange(bytes, from, from + length)));
            case 0x8A -> {}
            default -> end(new End.Cut("a frame of another kind"));
        }
    }

    private void text(byte[] bytes, int from, int length) {
        try {
            CODEC.decodeReplies(bytes, from, length, reply -> {
                if (phase == Phase.OPEN) {
                    owner.received(reply);
                }
            });
        } catch (ProtocolException _) {
            end(new End.Cut("not the protocol"));
        }
    }

    private void write(byte[] bytes) {
        if (phase == Phase.OVER) {
            return;
        }
        try {
            ByteBuffer out = ByteBuffer.wrap(bytes);
            if (unsent.isEmpty()) {
                socket.write(out);
            }
            if (out.hasRemaining()) {
                unsent.add(out);
                reactor.register(socket, SelectionKey.OP_READ | SelectionKey.OP_WRITE, this);
            }
        } catch (IOException _) {
            // The next read tells how it ended, perhaps with a close frame that is still to be read.
        }
    }

    private void flush() throws IOException {
        for (ByteBuffer next = unsent.peek(); next != null; next = unsent.peek()) {
            socket.write(next);
            if (next.hasRemaining()) {
                return;
            }
            unsent.remove();
        }
        reactor.register(socket, SelectionKey.OP_READ, this);
    }
}
