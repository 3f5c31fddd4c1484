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

    /// Writes the frames of a batch from the given one on, for a subscription of this connection. What the peer
    /// does not take at once is treated by the subscription's slow-consumer policy.
    void write(Batch batch, int from, Subscription subscription);

    /// Writes one frame for a subscription, likewise.
    ///
    /// @param publication whether it is one, not a join or a leave
    void write(byte[] frame, boolean publication, Subscription subscription);
}
