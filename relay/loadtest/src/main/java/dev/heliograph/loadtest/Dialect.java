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

    /// Whether a message refuses what was said.
    boolean refuses(byte[] bytes, int from, int length);

    /// What a client says that was here, until it hears its channels again and has what it missed.
    ///
    /// @param epochs  of the channels, as [#epoch] found them
    /// @param offsets of the last publications that it has
    default List<Step> reentry(int number, List<String> channels, List<String> epochs, long[] offsets) {
        throw new UnsupportedOperationException("such clients do not come back");
    }

    /// The epoch of a channel that an answer of the entry has in it; empty if it has none.
    default String epoch(String answer) {
        return "";
    }

    /// How many notices that a client joined or left a message has. Asked for each message, so it must be cheap.
    default int notices(byte[] bytes, int from, int length) {
        return 0;
    }

    /// The frame that answers a message without publications.
    ///
    /// @return null if it wants no answer
    byte @Nullable [] answer(byte[] bytes, int from, int length);

    /// The frame that publishes.
    ///
    /// @param id of the request, where this kind of server has such
    byte[] publish(long id, String channel, byte[] payload);
}
