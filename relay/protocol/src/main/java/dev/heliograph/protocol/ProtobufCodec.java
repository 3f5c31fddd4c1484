package dev.heliograph.protocol;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import dev.heliograph.protocol.wire.WireCommand;
import dev.heliograph.protocol.wire.WireReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/// The Protobuf encoding: messages one after the other, each behind its length as a varint (protocol A.2).
final class ProtobufCodec implements Codec {

    static final ProtobufCodec INSTANCE = new ProtobufCodec();

    // Kept, unknown fields would cost many times the bytes they take in a frame.
    private static final Parser<WireCommand> COMMANDS = DiscardUnknownFieldsParser.wrap(WireCommand.parser());
    private static final Parser<WireReply> REPLIES = DiscardUnknownFieldsParser.wrap(WireReply.parser());

    private ProtobufCodec() {}

    @Override
    public Encoding encoding() {
        return Encoding.PROTOBUF;
    }

    @Override
    public void decodeCommands(byte[] frame, int from, int length, Consumer<? super Command> consumer) {
        decode(frame, from, length, COMMANDS, wire -> consumer.accept(ProtobufRequests.command(wire)));
    }

    @Override
    public void decodeReplies(byte[] frame, int from, int length, Consumer<? super Reply> consumer) {
        decode(frame, from, length, REPLIES, wire -> ProtobufReplies.reply(wire).ifPresent(consumer));
    }

    private static <M> void decode(byte[] frame, int from, int length, Parser<M> parser, Consumer<M> consumer) {
        if (length == 0) {
            throw malformed("empty frame");
        }
        // Wrapped and aliased: payloads stay where they are until the model copies them, once.
        CodedInputStream in =
                UnsafeByteOperations.unsafeWrap(frame, from, length).newCodedInput();
        in.enableAliasing(true);
        in.setRecursionLimit(Limits.MAX_DEPTH);
        int rest = length;
        for (int count = 1; rest > 0; count++) {
            if (count > Limits.MAX_MESSAGES) {
                throw malformed("too many messages in a frame");
            }
            M message;
            try {
                long size = in.readRawVarint64();
                rest = length - in.getTotalBytesRead();
                if (size < 0 || size > rest) {
                    throw malformed("a message longer than its frame");
                }
                int limit = in.pushLimit((int) size);
                message = parser.parseFrom(in);
                in.checkLastTagWas(0);
                in.popLimit(limit);
                rest -= (int) size;
            } catch (IOException e) {
                throw malformed(String.valueOf(e.getMessage()));
            }
            consumer.accept(message);
        }
    }

    static ProtocolException malformed(String detail) {
        return new ProtocolException(DisconnectCode.BAD_REQUEST, "malformed Protobuf: " + detail);
    }

    @Override
    public byte[] encode(Command command) {
        return delimited(ProtobufRequests.wire(command));
    }

    @Override
    public byte[] encode(Reply reply) {
        return delimited(ProtobufReplies.wire(reply));
    }

    private static byte[] delimited(MessageLite message) {
        int size = message.getSerializedSize();
        byte[] bytes = new byte[CodedOutputStream.computeUInt32SizeNoTag(size) + size];
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeUInt32NoTag(size);
            message.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes;
    }

    @Override
    public byte[] join(List<byte[]> messages) {
        int length = 0;
        for (byte[] each : messages) {
            length += each.length;
        }
        byte[] frame = new byte[length];
        int at = 0;
        for (byte[] each : messages) {
            System.arraycopy(each, 0, frame, at, each.length);
            at += each.length;
        }
        return frame;
    }
}
