package dev.heliograph.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Codec;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.ReplyError;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/// One connection of a [FakeRelay], from the server's side. Frames only as a client of ours sends them: masked, whole.
final class FakePeer {

    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Codec codec;
    private final Queue<Command> read = new ArrayDeque<>();

    FakePeer(Socket socket, InputStream in, Encoding encoding) throws IOException {
        socket.setSoTimeout(FakeRelay.PATIENCE_SECONDS * 1_000);
        this.socket = socket;
        this.in = new DataInputStream(in);
        this.out = socket.getOutputStream();
        this.codec = encoding.codec();
    }

    // ---- in ----

    /// The commands of the next frame.
    List<Command> frame() {
        assertThat(read).as("commands of the frame before").isEmpty();
        Message message = message();
        assertThat(message.opcode()).isEqualTo(codec.encoding() == Encoding.JSON ? TEXT : BINARY);
        List<Command> commands = new ArrayList<>();
        codec.decodeCommands(message.payload(), 0, message.payload().length, commands::add);
        return commands;
    }

    /// The next command.
    Command next() {
        if (read.isEmpty()) {
            read.addAll(frame());
        }
        return read.remove();
    }

    /// The next command's request, which is of this kind; the command is answered with [#ok] or [#fail].
    <R extends Request> R expect(Class<R> kind) {
        Command command = next();
        lastId = command.id();
        assertThat(command.request()).isInstanceOf(kind);
        return kind.cast(command.request());
    }

    private long lastId;

    /// The close code the client sends.
    int expectClose() {
        Message message = message();
        assertThat(message.opcode()).isEqualTo(CLOSE);
        return ByteBuffer.wrap(message.payload()).getShort() & 0xFFFF;
    }

    private record Message(int opcode, byte[] payload) {}

    private Message message() {
        try {
            int first = in.readUnsignedByte();
            assertThat(first & 0x80).as("fin").isNotZero();
            int second = in.readUnsignedByte();
            assertThat(second & 0x80).as("mask").isNotZero();
            int length = second & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < length; i++) {
                payload[i] ^= mask[i & 3];
            }
            if ((first & 0x0F) == PING) {
                write(PONG, payload);
                return message();
            }
            return new Message(first & 0x0F, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- out ----

    void ok(Result result) {
        send(new Reply.Ok(lastId, result));
    }

    void ok(Command command, Result result) {
        send(new Reply.Ok(command.id(), result));
    }

    void fail(ErrorCode error) {
        fail(error.error());
    }

    void fail(ReplyError error) {
        send(new Reply.Failed(lastId, error));
    }

    void push(Push push) {
        send(new Reply.Pushed(push));
    }

    void ping() {
        send(new Reply.Ping());
    }

    /// All in one frame.
    void send(Reply... replies) {
        byte[] payload = codec.join(Arrays.stream(replies).map(codec::encode).toList());
        write(codec.encoding() == Encoding.JSON ? TEXT : BINARY, payload);
    }

    /// A text frame with something that is not the protocol.
    void sendGarbage() {
        write(codec.encoding() == Encoding.JSON ? TEXT : BINARY, "garbage".getBytes(UTF_8));
    }

    void close(int code, String reason) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(code >> 8);
        payload.write(code);
        payload.writeBytes(reason.getBytes(UTF_8));
        write(CLOSE, payload.toByteArray());
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the TCP connection without a close frame.
    void drop() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 65_536) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload);
        try {
            out.write(frame.array(), 0, frame.position());
            out.flush();
        } catch (SocketException _) {
            // The client left.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
