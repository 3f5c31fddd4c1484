package dev.heliograph.server.session;

import dev.heliograph.protocol.Disconnect;
import dev.heliograph.server.hub.Loop;
import dev.heliograph.server.hub.Sink;
import dev.heliograph.server.observe.About;
import java.util.Optional;

/// One client connection as its session sees it. All methods may be called from any thread and never block; what is
/// sent and closed takes effect in the order of the calls.
public interface Link {

    /// What a connection tells its owner, always on the thread of the connection's loop; must not block.
    interface Handler {

        /// Whose connection it is, for those who follow it; from any thread.
        default Optional<About> about() {
            return Optional.empty();
        }

        /// A whole message. Called until [#onClosed].
        void onMessage(boolean text, byte[] payload);

        /// A native pong (RFC 6455 section 5.5.3).
        void onNativePong();

        /// The connection has ended, for whatever reason. Called exactly once, and nothing after it.
        void onClosed(Ending ending);

        /// The time asked for with [Link#wakeAt] has come.
        void onWake(long now);
    }

    /// How a connection ended.
    ///
    /// @param code   of the close frame: ours if we closed, else the peer's; 1006 if there was none
    /// @param byPeer whether the peer ended it
    record Ending(int code, String reason, boolean byPeer) {}

    /// What a connection has carried until now. Outgoing is counted when it is handed to the connection; what
    /// of it still waits is `queueBytes`.
    ///
    /// @param bytesIn     WebSocket frames as they come off the socket, below TLS
    /// @param bytesOut    WebSocket frames
    /// @param queueBytes  handed over, and not taken by the peer yet
    /// @param activeAt    of [System#nanoTime]: the client's last message that is no pong, or the last
    ///                    publication
    /// @param readPaused  whether the peer is slowed down, since it sends faster than it is served
    record Figures(
            long messagesIn,
            long bytesIn,
            long messagesOut,
            long bytesOut,
            long queueBytes,
            long activeAt,
            boolean readPaused,
            boolean tls) {}

    /// The writing end, for subscriptions.
    Sink sink();

    /// The loop the connection lives on.
    Loop loop();

    /// The peer's address, as a literal without zone or port.
    String remoteAddress();

    /// What it has carried. Read while the loop goes on counting: each number is one that was true at a moment,
    /// and they may be some messages apart. (A 64-bit JVM does not tear a `long`.)
    Figures figures();

    /// The client has said something. Loop thread only.
    void active();

    /// Sends one WebSocket frame.
    void send(byte[] frame);

    /// Ends the connection: what was sent before is written, then a close frame, then the peer has five seconds.
    ///
    /// With code 3000 the connection is dropped at once and without a close frame; with 3008 what is
    /// queued is dropped.
    void close(Disconnect disconnect);

    /// Asks for [Handler#onWake] at a time of [System#nanoTime]; the last call counts. Loop thread only.
    void wakeAt(long nanoTime);

    /// Stops and resumes reading from the peer, so that TCP slows it down.
    void read(boolean enabled);
}
