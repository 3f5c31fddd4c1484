package dev.heliograph.server.broker;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import java.time.Duration;
import java.util.Map;

/// Where streams and presence live, and how a publication reaches every node that has subscribers.
///
/// All methods may block and are called on virtual threads. They throw [BrokerException] when the broker cannot do what
/// is asked now. Threadsafe. One contract test suite (`BrokerContract`) holds for every implementation:
///
/// - Publications of one channel with history are numbered 1, 2, 3, ... within an epoch, and a node's [Listener] is
///   told of them in that order.
/// - When [#publish] returns, the publication is in the channel's history, if it has one.
/// - After [#subscribe] returned, the listener is told of every later publication of that channel; or, where messages
///   were lost on the way, of a later offset or of the position that it should have reached.
/// - Everything is bounded: history by size and time to live, streams by their meta time to live, idempotency results
///   by time, presence by time to live.
public interface Broker extends AutoCloseable {

    /// A node's ear. Called in order for one channel; must neither block nor throw, nor call the broker.
    interface Listener {
        /// Tells of a publication.
        ///
        /// @param epoch of `publication.offset()`; empty if the channel keeps no history
        /// @param since when a broker was told to publish it, by this node's [System#nanoTime]; for a
        ///              publication of
        ///              another node as far as the clocks of the two agree, and never later than now
        void onPublication(String channel, String epoch, Publication publication, long since);

        /// Waits while this node has too much to deliver in a channel: brokers that hear publications of other
        /// nodes call it before each, so that what waits stays bounded. The one method that may block.
        ///
        /// @throws BrokerException if it takes too long; then the publication is dropped, and can be recovered
        void awaitCapacity(String channel);

        void onJoin(String channel, ClientInfo info);

        void onLeave(String channel, ClientInfo info);

        /// Tells where a stream stood a moment ago. Whoever has not heard as much by now has missed something;
        /// only brokers that may lose messages on their way to a node tell this.
        void onPosition(String channel, StreamPosition position);
    }

    /// Begins to deliver to the one listener of this node. Called once, before everything else.
    void start(Listener listener);

    /// From the return of this call on, this node's listener hears of the channel.
    void subscribe(String channel);

    /// Soon after this call this node's listener no longer hears of the channel.
    void unsubscribe(String channel);

    /// Stores, if the options say so, and delivers.
    PublishResult publish(String channel, Publication publication, PublishOptions options);

    void publishJoin(String channel, ClientInfo info);

    void publishLeave(String channel, ClientInfo info);

    /// Reads a channel's stream. A channel without a stream gets one, with a new epoch and offset 0.
    ///
    /// @param metaTtl how long position and epoch outlive the last use
    HistoryPage history(String channel, HistoryQuery query, Duration metaTtl);

    /// Drops the publications of a stream, and keeps its epoch and offset, so that subscribers are not
    /// disturbed.
    void removeHistory(String channel);

    /// Adds or refreshes a member of a channel.
    ///
    /// @param ttl after which a member that was not refreshed is gone
    void addPresence(String channel, ClientInfo info, Duration ttl);

    void removePresence(String channel, String client);

    /// The members by client id.
    Map<String, ClientInfo> presence(String channel);

    PresenceCount presenceStats(String channel);

    /// The share of the channels that this broker can serve, as far as it is known: from 0 for none to 1 for
    /// all. Never blocks.
    double availability();

    @Override
    void close();
}
