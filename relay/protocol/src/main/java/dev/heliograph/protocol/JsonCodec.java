package dev.heliograph.protocol;

import java.util.List;
import java.util.function.Consumer;

/// The JSON encoding: objects with a line feed between them, payloads embedded as they are (protocol A.2, A.3).
final class JsonCodec implements Codec {

    static final JsonCodec INSTANCE = new JsonCodec();

    private JsonCodec() {}

    @Override
    public Encoding encoding() {
        return Encoding.JSON;
    }

    @Override
    public void decodeCommands(byte[] frame, int from, int length, Consumer<? super Command> consumer) {
        decode(frame, from, length, reader -> consumer.accept(JsonRequests.command(reader)));
    }

    @Override
    public void decodeReplies(byte[] frame, int from, int length, Consumer<? super Reply> consumer) {
        decode(frame, from, length, reader -> consumer.accept(JsonReplies.reply(reader)));
    }

    private static void decode(byte[] frame, int from, int length, Consumer<JsonReader> message) {
        JsonReader reader = new JsonReader(frame, from, length);
        int end = from + length;
        int count = 0;
        if (reader.atEnd()) {
            throw JsonReader.malformed("empty frame");
        }
        while (true) {
            if (++count > Limits.MAX_MESSAGES) {
                throw JsonReader.malformed("too many messages in a frame");
            }
            message.accept(reader);
            int behind = reader.position();
            if (behind == end) {
                return;
            }
            if (frame[behind] != '\n') {
                throw JsonReader.malformed("expected a line feed between messages");
            }
            if (behind + 1 == end) {
                return;
            }
            if (frame[behind + 1] != '{') {
                throw JsonReader.malformed("expected an object behind a line feed");
            }
        }
    }

    @Override
    public byte[] encode(Command command) {
        return JsonRequests.write(command);
    }

    @Override
    public byte[] encode(Reply reply) {
        return JsonReplies.write(reply);
    }

    @Override
    public byte[] join(List<byte[]> messages) {
        int length = Math.max(0, messages.size() - 1);
        for (byte[] each : messages) {
            length += each.length;
        }
        byte[] frame = new byte[length];
        int at = 0;
        for (byte[] each : messages) {
            if (at > 0) {
                frame[at++] = '\n';
            }
            System.arraycopy(each, 0, frame, at, each.length);
            at += each.length;
        }
        return frame;
    }
}
