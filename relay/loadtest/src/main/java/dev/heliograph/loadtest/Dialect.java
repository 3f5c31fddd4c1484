package dev.heliograph.loadtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a [Swarm] speaks to a kind of server. Threadsafe.
public interface Dialect {

    /// Something that a client says, and what the answer to it has in it.
    ///
    /// @param frame  whole; empty to say nothing
    /// @param answer some text of the message that is waited for
    record Step(byte[] frame, String answer) {}

    /// The WebSocket subprotocol to ask for; empty for none.
    default String subprotocol() {
        return "";
    }

    /// What a client says until it hears its channels.
    ///
    /// @param number of the client
    List<Step> entry(int number, List<String> channels);

    /// The frame that answers a message without publications.
    ///
    /// @return null if it wants no answer
    byte @Nullable [] answer(byte[] bytes, int from, int length);

    /// The frame that publishes.
    ///
    /// @param id that its acknowledgement bears, if this kind of server acknowledges
    byte[] publish(long id, String channel, byte[] payload);

    /// How many publications a message acknowledges.
    ///
    /// @throws LoadException if it says that one was refused
    int acknowledged(byte[] bytes, int from, int length);
}
