package dev.heliograph.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.heliograph.protocol.wire.WireClientInfo;
import dev.heliograph.protocol.wire.WirePublication;

/// Publications and client information as bytes, for brokers to store and pass on: the Protobuf messages of the wire.
/// Relays of different versions read each other's, since fields that one does not know are passed over.
public final class Stored {

    private Stored() {}

    public static byte[] write(Publication publication) {
        return ProtobufReplies.wire(publication).toByteArray();
    }

    public static byte[] write(ClientInfo info) {
        return ProtobufReplies.wire(info).toByteArray();
    }

    /// @throws IllegalArgumentException if it was not written by [#write(Publication)]
    public static Publication publication(byte[] bytes, int from, int length) {
        try {
            return ProtobufReplies.publication(WirePublication.parser().parseFrom(bytes, from, length));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a stored publication", e);
        }
    }

    /// @throws IllegalArgumentException if it was not written by [#write(ClientInfo)]
    public static ClientInfo clientInfo(byte[] bytes, int from, int length) {
        try {
            return ProtobufReplies.info(WireClientInfo.parser().parseFrom(bytes, from, length));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not stored client information", e);
        }
    }
}
