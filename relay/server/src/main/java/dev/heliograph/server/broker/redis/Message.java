package dev.heliograph.server.broker.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Stored;
import dev.heliograph.server.broker.Broker;
import java.util.function.LongConsumer;

/// What goes through pub/sub: one letter says what it is.
///
/// | | |
/// |---|---|
/// | `p` epoch `:` offset `:` time `:` publication | a publication of a stream, made by publish.lua |
/// | `n` time `:` publication | a publication without history |
/// | `j` info, `l` info | a join, a leave |
///
/// The time is that at which the publishing node was asked to publish, in Unix milliseconds by its own clock.
final class Message {

    /// Anything longer is two clocks that disagree.
    private static final long MAX_TRANSIT_MILLIS = 3_600_000;

    private Message() {}

    static byte[] passing(byte[] publication, long time) {
        byte[] stamp = (time + ":").getBytes(US_ASCII);
        byte[] stamped = new byte[stamp.length + publication.length];
        System.arraycopy(stamp, 0, stamped, 0, stamp.length);
        System.arraycopy(publication, 0, stamped, stamp.length, publication.length);
        return tagged('n', stamped);
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
    /// @param transits told how long publications were on their way, as far as the clocks of nodes agree
    /// @throws IllegalArgumentException if it is none of ours
    static void tell(Broker.Listener listener, String channel, byte[] message, LongConsumer transits) {
        char kind = message.length == 0 ? 0 : (char) message[0];
        switch (kind) {
            case 'p' -> {
                int afterEpoch = colon(message, 1);
                int afterOffset = colon(message, afterEpoch + 1);
                String epoch = new String(message, 1, afterEpoch - 1, US_ASCII);
                long offset = Long.parseUnsignedLong(
                        new String(message, afterEpoch + 1, afterOffset - afterEpoch - 1, US_ASCII));
                int afterTime = colon(message, afterOffset + 1);
                listener.onPublication(
                        channel,
                        epoch,
                        publication(message, afterTime + 1).at(offset),
                        since(message, afterOffset + 1, afterTime, transits));
            }
            case 'n' -> {
                int afterTime = colon(message, 1);
                listener.onPublication(
                        channel, "", publication(message, afterTime + 1), since(message, 1, afterTime, transits));
            }
            case 'j' -> listener.onJoin(channel, Stored.clientInfo(message, 1, message.length - 1));
            case 'l' -> listener.onLeave(channel, Stored.clientInfo(message, 1, message.length - 1));
            default -> throw new IllegalArgumentException("a message of an unknown kind");
        }
    }

    /// When it was published, by the clock of this node that nothing sets.
    private static long since(byte[] message, int from, int to, LongConsumer transits) {
        long sent = Long.parseLong(new String(message, from, to - from, US_ASCII));
        long transit = Math.clamp(System.currentTimeMillis() - sent, 0, MAX_TRANSIT_MILLIS) * 1_000_000;
        transits.accept(transit);
        return System.nanoTime() - transit;
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
