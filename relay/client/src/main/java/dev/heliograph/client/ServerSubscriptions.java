package dev.heliograph.client;

import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The subscriptions that the server made for the client. They come and go by the server's word, and are recovered with
/// the connect command. All their events go through one dispatcher, in order. On the engine's thread only.
final class ServerSubscriptions implements Dispatcher.Owner, Flow.Holder {

    private final SubscriptionListener listener;
    private final Flow flow;
    private final Dispatcher dispatcher;
    private final Map<String, Track> tracks = new HashMap<>();

    ServerSubscriptions(Engine engine, Flow flow) {
        this.listener = engine.config().serverSubscriptions();
        this.flow = flow;
        this.dispatcher = new Dispatcher("heliograph-server-subscriptions", engine, this);
    }

    /// What the connect command asks to be recovered.
    Map<String, Request.Subscribe> toRecover() {
        Map<String, Request.Subscribe> subs = new HashMap<>();
        tracks.forEach((channel, track) -> track.recoverFrom()
                .ifPresent(
                        since -> subs.put(channel, Request.Subscribe.to(channel).recoveringFrom(since))));
        return subs;
    }

    void connected(Map<String, Result.Subscribe> subs) {
        Set<String> gone = new HashSet<>(tracks.keySet());
        gone.removeAll(subs.keySet());
        gone.forEach(channel -> remove(channel, new Cause(2000, "server unsubscribe")));
        subs.forEach((channel, result) -> {
            Track track = tracks.computeIfAbsent(channel, _ -> new Track(Optional.empty()));
            track.stands(result);
            SubscribedEvent event = SubscribedEvent.of(result);
            dispatcher.submit(() -> listener.onSubscribed(channel, event));
            result.publications().forEach(publication -> published(channel, track, publication));
        });
        if (dispatcher.behind()) {
            flow.hold(this);
        }
    }

    void lost(Cause cause) {
        flow.release(this);
        tracks.keySet().forEach(channel -> dispatcher.submit(() -> listener.onSubscribing(channel, cause)));
    }

    void closed() {
        flow.release(this);
        Set.copyOf(tracks.keySet()).forEach(channel -> remove(channel, Cause.CLIENT_CLOSED));
    }

    private void remove(String channel, Cause cause) {
        tracks.remove(channel);
        dispatcher.submit(() -> listener.onUnsubscribed(channel, cause));
    }

    void pushed(Push push) {
        String channel = push.channel();
        if (push instanceof Push.Subscribe subscribe) {
            Track track = new Track(Optional.empty());
            track.stands(subscribe.recoverable(), subscribe.positioned(), subscribe.position());
            tracks.put(channel, track);
            SubscribedEvent event = new SubscribedEvent(
                    subscribe.recoverable(),
                    subscribe.positioned(),
                    subscribe.position(),
                    false,
                    false,
                    subscribe.data());
            dispatcher.submit(() -> listener.onSubscribed(channel, event));
            return;
        }
        Track track = tracks.get(channel);
        if (track == null) {
            return;
        }
        switch (push) {
            case Push.Pub pub -> published(channel, track, pub.publication());
            case Push.Join join -> dispatcher.submit(() -> listener.onJoin(channel, join.info()));
            case Push.Leave leave -> dispatcher.submit(() -> listener.onLeave(channel, leave.info()));
            case Push.Unsubscribe away -> remove(channel, new Cause(away.code(), away.reason()));
            case Push.Subscribe _, Push.Message _, Push.Connect _, Push.Disconnected _, Push.Refresh _ -> {}
        }
    }

    private void published(String channel, Track track, Publication publication) {
        if (track.advance(publication)) {
            dispatcher.submit(() -> listener.onPublication(channel, publication));
        }
    }

    @Override
    public void fellBehind() {
        flow.hold(this);
    }

    @Override
    public void caughtUp() {
        flow.release(this);
    }

    /// Only the server can bring such a subscription back, so it is kept and the socket not read.
    @Override
    public void giveUp() {}
}
