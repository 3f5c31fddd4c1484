package dev.heliograph.server.hub;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.server.observe.About;
import java.util.Optional;

/// The writing end of one connection. Only the thread of the connection's loop calls it.
///
/// What the peer does not take at once waits in the connection's bounded outbox; a sink never blocks and never throws.
public interface Sink {

    Encoding encoding();

    /// Whose connection it is, for those who follow it.
    default Optional<About> about() {
        return Optional.empty();
    }

    /// Writes the frames of a batch from the given one on.
    void write(Batch batch, int from);

    /// Writes one WebSocket frame.
    void write(byte[] frame);
}
