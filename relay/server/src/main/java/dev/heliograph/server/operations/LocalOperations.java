package dev.heliograph.server.operations;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.auth.SubscriptionOptions;
import dev.heliograph.server.channel.Glob;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.session.Services;
import dev.heliograph.server.session.Session;
import dev.heliograph.server.session.SessionControl;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What this node does when a node of the cluster, itself maybe, asks. A session is told in its turn: soon after the
/// answer at the latest, and in the order of the questions.
final class LocalOperations {

    private final Services services;

    LocalOperations(Services services) {
        this.services = services;
    }

    void offer(Cluster cluster) {
        cluster.handle(Questions.SUBSCRIBE, this::subscribe);
        cluster.handle(Questions.UNSUBSCRIBE, this::unsubscribe);
        cluster.handle(Questions.DISCONNECT, this::disconnect);
        cluster.handle(Questions.REFRESH, this::refresh);
        cluster.handle(Questions.CHANNELS, this::channels);
    }

    private Questions.Told subscribe(Questions.Subscribe wish) {
        SubscriptionOptions options = new SubscriptionOptions(
                Bytes.of(wish.info()), Bytes.of(wish.data()), wish.override().read(), wish.expireAt());
        Optional<StreamPosition> since = Optional.ofNullable(wish.since())
                .map(position -> new StreamPosition(position.offset(), position.epoch()));
        return tell(wish.target(), List.of(), control -> control.subscribe(wish.channel(), options, since));
    }

    private Questions.Told unsubscribe(Questions.Unsubscribe wish) {
        return tell(
                wish.target(), List.of(), control -> control.unsubscribe(wish.channel(), wish.code(), wish.reason()));
    }

    private Questions.Told disconnect(Questions.Disconnect wish) {
        var disconnect = new dev.heliograph.protocol.Disconnect(wish.code(), wish.reason());
        return tell(wish.target(), wish.spared(), control -> control.disconnect(disconnect));
    }

    private Questions.Told refresh(Questions.Refresh wish) {
        return tell(wish.target(), List.of(), control -> {
            if (wish.expired()) {
                control.expire();
            } else {
                control.refresh(wish.expireAt(), Bytes.of(wish.info()));
            }
        });
    }

    private Questions.Told tell(Target target, List<String> spared, Consumer<SessionControl> action) {
        int told = 0;
        for (Session session : target.in(services.sessions())) {
            if (!spared.contains(session.id())) {
                session.whenConnected(action);
                told++;
            }
        }
        return new Questions.Told(told);
    }

    private Questions.Subscribers channels(Questions.ListChannels wish) {
        return new Questions.Subscribers(services.hub().channels(new Glob(wish.pattern())));
    }
}
