package dev.heliograph.server.session;

import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Reply;
import dev.heliograph.server.config.ClientConfig;
import dev.heliograph.server.hub.Frames;
import dev.heliograph.server.websocket.FrameEncoder;
import java.util.concurrent.ThreadLocalRandom;

/// The server's pings and the client's pongs (protocol A.6, "Ping/pong"). Only on the loop's thread.
///
/// The first ping is at a random time in the second half of the interval, so that clients that came at once are not
/// pinged at once.
final class Heartbeat {

    private static final byte[] JSON_PING = Frames.of(Encoding.JSON, new Reply.Ping());
    private static final byte[] PROTOBUF_PING = Frames.of(Encoding.PROTOBUF, new Reply.Ping());
    private static final byte[] NATIVE_PING = FrameEncoder.ping(new byte[0]);

    private final Link link;
    private final byte[] ping;
    private final long interval;
    private final long timeout;

    private long pingAt = Long.MAX_VALUE;

    /// When the answer is late; [Long#MAX_VALUE] if none is owed.
    private long pongBy = Long.MAX_VALUE;

    /// Of the last ping that was answered, in milliseconds; below 0 before. Others read it while the loop
    /// writes.
    private int roundTrip = -1;

    Heartbeat(ClientConfig config, Link link, boolean nativePing) {
        this.link = link;
        this.interval = config.pingInterval().toNanos();
        this.timeout = config.pongTimeout().toNanos();
        this.ping = nativePing ? NATIVE_PING : link.sink().encoding() == Encoding.JSON ? JSON_PING : PROTOBUF_PING;
    }

    void start() {
        if (interval > 0) {
            pingAt = System.nanoTime() + ThreadLocalRandom.current().nextLong(interval / 2, interval + 1);
        }
    }

    /// When [#wake] is needed next.
    long next() {
        return Math.min(pingAt, pongBy);
    }

    void wake(long now) {
        if (pongBy != Long.MAX_VALUE && now - pongBy >= 0) {
            pongBy = Long.MAX_VALUE;
            pingAt = Long.MAX_VALUE;
            link.close(DisconnectCode.NO_PONG.disconnect());
        } else if (pingAt != Long.MAX_VALUE && now - pingAt >= 0) {
            pingAt = now + interval;
            if (timeout > 0 && pongBy == Long.MAX_VALUE) {
                pongBy = now + timeout;
            }
            link.send(ping);
        }
    }

    /// @param unexpected run if no ping is out
    void pong(Runnable unexpected) {
        if (pongBy == Long.MAX_VALUE) {
            unexpected.run();
        } else {
            answered();
        }
    }

    /// Unsolicited native pongs are allowed (RFC 6455 section 5.5.3).
    void nativePong() {
        if (pongBy != Long.MAX_VALUE) {
            answered();
        }
    }

    private void answered() {
        long pingedAt = pongBy - timeout;
        roundTrip = (int) Math.min((System.nanoTime() - pingedAt) / 1_000_000, Integer.MAX_VALUE);
        pongBy = Long.MAX_VALUE;
    }

    /// Milliseconds between the last ping that was answered and its pong; below 0 if there was none. From any
    /// thread.
    int roundTripMillis() {
        return roundTrip;
    }

    /// Whether a message is nothing but a pong, in its usual form; others take the way through the decoder.
    boolean isPong(Encoding encoding, byte[] message) {
        return encoding == Encoding.JSON
                ? message.length == 2 && message[0] == '{' && message[1] == '}'
                : message.length == 1 && message[0] == 0;
    }
}
