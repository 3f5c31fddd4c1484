package dev.heliograph.server.broker.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Stored;
import dev.heliograph.server.broker.Broker;

/// What goes through pub/sub: one letter says what it is.
///
/// | | |
/// |---|---|
/// | `p` epoch `:` offset `:` publication | a publication of a stream, made by publish.lua |
/// | `n` publication | a publication without history |
/// | `j` info, `l` info | a join, a leave |
final class Message {

    private Message() {}

    static byte[] passing(byte[] publication) {
        return tagged('n', publication);
    }

    static byte[] join(ClientInfo info) {
        return tagged('j', Stored.write(info));
    }

    static byte[] leave(ClientInfo info) {
        return tagged('l', Stored.write(info));
    }

    private static byte[] tagged(char kind, byte[] rest) {
        byte[] message = new byte[1 + rest.length];
        message[0] = (byte) kind;
        System.arraycopy(rest, 0, message, 1, rest.length);
        return message;
    }

    /// Tells a listener what a message says.
    ///
    /// @throws IllegalArgumentException if it is none of ours
    static void tell(Broker.Listener listener, String channel, byte[] message) {
        char kind = message.length == 0 ? 0 : (char) message[0];
        switch (kind) {
            case 'p' -> {
                int afterEpoch = colon(message, 1);
                int afterOffset = colon(message, afterEpoch + 1);
                String epoch = new String(message, 1, afterEpoch - 1, US_ASCII);
                long offset = Long.parseUnsignedLong(
                        new String(message, afterEpoch + 1, afterOffset - afterEpoch - 1, US_ASCII));
                listener.onPublication(
                        channel, epoch, publication(message, afterOffset + 1).at(offset));
            }
            case 'n' -> listener.onPublication(channel, "", publication(message, 1));
            case 'j' -> listener.onJoin(channel, Stored.clientInfo(message, 1, message.length - 1));
            case 'l' -> listener.onLeave(channel, Stored.clientInfo(message, 1, message.length - 1));
            default -> throw new IllegalArgumentException("a message of an unknown kind");
        }
    }

    private static Publication publication(byte[] message, int from) {
        return Stored.publication(message, from, message.length - from);
    }

    private static int colon(byte[] message, int from) {
        for (int i = from; i < message.length; i++) {
            if (message[i] == ':') {
                return i;
            }
        }
        throw new IllegalArgumentException("a message without position");
    }
}
