package dev.heliograph.console.api;

import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.StreamMessage;

/// The live stream of the cluster, from whichever node is there.
public interface LiveFeed {

    /// Watches until the watch is closed. When the node goes, the stream is taken up again at another one, and `hello`
    /// comes
    /// again: what was in between is not told. Messages come one after the other, on a thread of the feed's.
    Watch watch(StreamWish wish, Listener listener);

    /// Who watches.
    interface Listener {

        void onMessage(StreamMessage message);

        /// The stream is gone for the moment; it is being taken up again.
        default void onInterrupted(AdminException cause) {}

        /// The stream is over: it was refused, has ended by itself, or cannot go on. Nothing comes after it.
        default void onEnd(AdminException cause) {}
    }
}
