package dev.heliograph.server.session;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Disconnect;
import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.auth.SubscriptionOptions;
import java.util.Optional;

/// What back ends and operators do with one connected session; handed out by [Session#whenConnected] and only good
/// within it.
public final class SessionControl {

    private final Session session;
    private final Subscriptions subscriptions;

    SessionControl(Session session, Subscriptions subscriptions) {
        this.session = session;
        this.subscriptions = subscriptions;
    }

    public void disconnect(Disconnect disconnect) {
        disconnect(disconnect, "the API");
    }

    /// @param by whom, for the log and the session's events
    public void disconnect(Disconnect disconnect, String by) {
        session.close(disconnect, "by " + by, by);
    }

    /// Subscribes it to a channel, unless it is already, and tells the client.
    public void subscribe(String channel, SubscriptionOptions options, Optional<StreamPosition> recoverSince) {
        if (subscriptions.contains(channel)) {
            return;
        }
        Result.Subscribe result = subscriptions.subscribeServerSide(channel, options, recoverSince);
        session.push(new Push.Subscribe(
                channel,
                result.recoverable(),
                new StreamPosition(result.offset(), result.epoch()),
                result.positioned(),
                result.data()));
        // The push has no room for what was missed: it follows as ordinary publications.
        result.publications().forEach(publication -> session.push(new Push.Pub(channel, publication)));
        subscriptions.activate();
        session.plan();
    }

    /// Ends one subscription, or all of them if the channel is empty, and tells the client.
    public void unsubscribe(String channel, int code, String reason) {
        if (channel.isEmpty()) {
            subscriptions.channels().forEach(each -> subscriptions.unsubscribe(each, code, reason));
        } else {
            subscriptions.unsubscribe(channel, code, reason);
        }
    }

    /// Changes when the connection expires, and what others see of its user.
    ///
    /// @param expireAt Unix seconds; 0 for never
    /// @param info     empty to leave it as it is
    public void refresh(long expireAt, Bytes info) {
        session.refresh(expireAt, info);
    }

    /// Ends the connection as one whose token has expired.
    public void expire() {
        session.close(DisconnectCode.CONNECTION_EXPIRED, "by the API");
    }
}
