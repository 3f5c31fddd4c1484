package dev.heliograph.protocol;

import java.util.List;
import java.util.function.Consumer;

/// The JSON encoding: objects with a line feed between them, payloads embedded as they are (protocol A.2, A.3).
///
/// Between two objects stands one line feed and nothing else, behind the last one may stand one too. Within an object,
/// line feeds are white space like others.
final class JsonCodec implements Codec {

    static final JsonCodec INSTANCE = new JsonCodec();

    private JsonCodec() {}

    @Override
    public Encoding encoding() {
        return Encoding.JSON;
    }

    @Override
    public void decodeCommands(byte[] frame, int from, int length, Consumer<? super Command> consumer) {
        decode(frame, from, length, reader -> consumer.accept(JsonRequestReader.command(reader)));
    }

    @Override
    public void decodeReplies(byte[] frame, int from, int length, Consumer<? super Reply> consumer) {
        decode(frame, from, length, reader -> JsonReplyReader.reply(reader).ifPresent(consumer));
    }

    private static void decode(byte[] frame, int from, int length, Consumer<JsonReader> message) {
        if (length == 0) {
            throw JsonReader.malformed("empty frame");
        }
        JsonReader reader = new JsonReader(frame, from, length);
        int end = from + length;
        for (int count = 1; ; count++) {
            if (count > Limits.MAX_MESSAGES) {
                throw JsonReader.malformed("too many messages in a frame");
            }
            if (frame[reader.position()] != '{') {
                throw JsonReader.malformed("expected an object");
            }
            message.accept(reader);
            if (reader.position() == end) {
                return;
            }
            reader.lineFeed();
            if (reader.position() == end) {
                return;
            }
        }
    }

    @Override
    public byte[] encode(Command command) {
        return JsonWriter.write(out -> JsonRequestWriter.write(out, command));
    }

    @Override
    public byte[] encode(Reply reply) {
        return JsonWriter.write(out -> JsonReplyWriter.write(out, reply));
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
