package dev.heliograph.server.operations;

import dev.heliograph.server.auth.SubscriptionOptions;
import dev.heliograph.server.auth.SubscriptionOverride;
import dev.heliograph.server.cluster.Procedure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What nodes ask of each other, as it travels. Fields may be added, and never change their meaning.
final class Questions {

    private Questions() {}

    record Subscribe(
            Target target,
            String channel,
            byte[] info,
            byte[] data,
            Override override,
            long expireAt,
            @Nullable Since since) {}

    record Since(String epoch, long offset) {}

    /// Null where the namespace decides.
    record Override(
            @Nullable Boolean presence,
            @Nullable Boolean joinLeave,
            @Nullable Boolean forcePushJoinLeave,
            @Nullable Boolean forceRecovery,
            @Nullable Boolean forcePositioning) {

        static Override of(SubscriptionOptions options) {
            SubscriptionOverride override = options.override();
            return new Override(
                    override.presence().orElse(null),
                    override.joinLeave().orElse(null),
                    override.forcePushJoinLeave().orElse(null),
                    override.forceRecovery().orElse(null),
                    override.forcePositioning().orElse(null));
        }

        SubscriptionOverride read() {
            return new SubscriptionOverride(
                    Optional.ofNullable(presence),
                    Optional.ofNullable(joinLeave),
                    Optional.ofNullable(forcePushJoinLeave),
                    Optional.ofNullable(forceRecovery),
                    Optional.ofNullable(forcePositioning));
        }
    }

    /// @param channel empty for all
    record Unsubscribe(Target target, String channel, int code, String reason) {}

    /// @param spared client ids that are left alone
    record Disconnect(Target target, List<String> spared, int code, String reason) {}

    /// @param expired whether it expires now
    record Refresh(Target target, boolean expired, long expireAt, byte[] info) {}

    record ListChannels(String pattern) {}

    /// How many sessions were told.
    record Told(int sessions) {}

    /// Subscribers by channel.
    record Subscribers(Map<String, Integer> byChannel) {}

    static final Procedure<Subscribe, Told> SUBSCRIBE = new Procedure<>("subscribe", Subscribe.class, Told.class);

    static final Procedure<Unsubscribe, Told> UNSUBSCRIBE =
            new Procedure<>("unsubscribe", Unsubscribe.class, Told.class);

    static final Procedure<Disconnect, Told> DISCONNECT = new Procedure<>("disconnect", Disconnect.class, Told.class);

    static final Procedure<Refresh, Told> REFRESH = new Procedure<>("refresh", Refresh.class, Told.class);

    static final Procedure<ListChannels, Subscribers> CHANNELS =
            new Procedure<>("channels", ListChannels.class, Subscribers.class);
}
