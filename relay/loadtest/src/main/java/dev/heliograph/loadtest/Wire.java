package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// One WebSocket connection (RFC 6455), on a [Reactor] and for its thread. What its messages mean is for its owner.
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

        /// A whole message came: bytes that are gone when this returns.
        void message(byte[] bytes, int from, int length);

        /// All is taken of what came at once.
        default void drained() {}

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

    private static final byte[] NOTHING = new byte[0];

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

    /// Begins to connect from an address that the system chooses.
    ///
    /// @throws IOException if that fails at once; the owner hears nothing then
    static Wire open(Reactor reactor, Endpoint endpoint, Owner owner) throws IOException {
        return open(reactor, endpoint, null, owner);
    }

    /// Begins to connect.
    ///
    /// @param source an address of this machine; null for what the system chooses
    /// @throws IOException if that fails at once; the owner hears nothing then
    static Wire open(Reactor reactor, Endpoint endpoint, @Nullable SocketAddress source, Owner owner)
            throws IOException {
        SocketChannel socket = SocketChannel.open();
        try {
            if (source != null) {
                socket.bind(source);
            }
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
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

    /// Sends a frame of [ClientFrame].
    void send(byte[] frame) {
        write(frame);
    }

    /// Whether messages can be sent, and are heard.
    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /// Reads nothing more until it is to read again: a client that is slow. What the other side sends waits in the
    /// sockets' buffers.
    void read(boolean on) {
        try {
            if (phase == Phase.OPEN) {
                reactor.register(socket, on ? SelectionKey.OP_READ : 0, this);
            }
        } catch (IOException e) {
            fail(e);
        }
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
        ByteBuffer input = reactor.input(rest);
        int count = socket.read(input);
        if (count < 0) {
            end(phase == Phase.HANDSHAKE ? new End.Refused("closed", true) : new End.Cut("closed"));
            return;
        }
        heard = System.nanoTime();
        byte[] bytes = input.array();
        int length = input.position();
        int used = phase == Phase.HANDSHAKE ? handshake(bytes, length) : 0;
        if (phase == Phase.OPEN || phase == Phase.LEAVING) {
            used = frames(bytes, used, length);
            owner.drained();
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
            long length = shortLength;
            if (head > 2) {
                length = 0;
                for (int i = 2; i < head; i++) {
                    length = length << 8 | bytes[at + i] & 0xFF;
                }
            }
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
            case 0x81, 0x82 -> {
                if (phase == Phase.OPEN) {
                    owner.message(bytes, from, length);
                }
            }
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
