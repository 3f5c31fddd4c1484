package dev.heliograph.protocol;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.heliograph.protocol.wire.WireCommand;
import dev.heliograph.protocol.wire.WireReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/// The Protobuf encoding: messages one after the other, each behind its length as a varint (protocol A.2).
final class ProtobufCodec implements Codec {

    static final ProtobufCodec INSTANCE = new ProtobufCodec();

    private ProtobufCodec() {}

    @Override
    public Encoding encoding() {
        return Encoding.PROTOBUF;
    }

    @Override
    public void decodeCommands(byte[] frame, int from, int length, Consumer<? super Command> consumer) {
        decode(frame, from, length, WireCommand.parser(), wire -> consumer.accept(ProtobufRequests.command(wire)));
    }

    @Override
    public void decodeReplies(byte[] frame, int from, int length, Consumer<? super Reply> consumer) {
        decode(frame, from, length, WireReply.parser(), wire -> consumer.accept(ProtobufReplies.reply(wire)));
    }

    private static <M extends MessageLite> void decode(
            byte[] frame, int from, int length, Parser<M> parser, Consumer<M> consumer) {
        CodedInputStream in = CodedInputStream.newInstance(frame, from, length);
        in.setRecursionLimit(Limits.MAX_DEPTH);
        if (length == 0) {
            throw malformed("empty frame");
        }
        for (int count = 1; ; count++) {
            if (count > Limits.MAX_MESSAGES) {
                throw malformed("too many messages in a frame");
            }
            M message;
            boolean last;
            try {
                int size = in.readRawVarint32();
                if (size < 0) {
                    throw malformed("negative length");
                }
                int limit = in.pushLimit(size);
                message = parser.parseFrom(in);
                in.checkLastTagWas(0);
                in.popLimit(limit);
                last = in.isAtEnd();
            } catch (IOException e) {
                throw malformed(String.valueOf(e.getMessage()));
            }
            consumer.accept(message);
            if (last) {
                return;
            }
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
