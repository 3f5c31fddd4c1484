package dev.heliograph.server.api;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of the server API's methods as they are in the body (protocol C); absent fields are null or zero.
final class Params {

    private Params() {}

    record Position(long offset, @Nullable String epoch) {}

    record Publish(
            @Nullable String channel,
            @Nullable RawJson data,
            @Nullable String b64data,
            boolean skipHistory,
            @JsonSetter(contentNulls = Nulls.FAIL) @Nullable Map<String, String> tags,
            @Nullable String idempotencyKey,
            boolean delta,
            long version,
            @Nullable String versionEpoch) {

        Publish to(String newChannel) {
            return new Publish(
                    newChannel, data, b64data, skipHistory, tags, idempotencyKey, delta, version, versionEpoch);
        }
    }

    record Broadcast(
            @Nullable List<String> channels,
            @Nullable RawJson data,
            @Nullable String b64data,
            boolean skipHistory,
            @JsonSetter(contentNulls = Nulls.FAIL) @Nullable Map<String, String> tags,
            @Nullable String idempotencyKey,
            boolean delta,
            long version,
            @Nullable String versionEpoch) {

        Publish publish() {
            return new Publish(null, data, b64data, skipHistory, tags, idempotencyKey, delta, version, versionEpoch);
        }
    }

    record Flag(boolean value) {}

    record Override(
            @Nullable Flag presence,
            @Nullable Flag joinLeave,
            @Nullable Flag forcePushJoinLeave,
            @Nullable Flag forceRecovery,
            @Nullable Flag forcePositioning) {}

    record Subscribe(
            @Nullable String channel,
            @Nullable String user,
            long expireAt,
            @Nullable RawJson info,
            @Nullable String b64info,
            @Nullable String client,
            @Nullable String session,
            @Nullable RawJson data,
            @Nullable String b64data,
            @Nullable Position recoverSince,
            @Nullable Override override) {}

    record Unsubscribe(
            @Nullable String channel,
            @Nullable String user,
            @Nullable String client,
            @Nullable String session) {}

    record Disconnecting(int code, @Nullable String reason) {}

    record Disconnect(
            @Nullable String user,
            @Nullable String client,
            @Nullable String session,
            @Nullable List<String> whitelist,
            @Nullable Disconnecting disconnect) {}

    record Refresh(
            @Nullable String user,
            @Nullable String client,
            @Nullable String session,
            boolean expired,
            long expireAt,
            @Nullable RawJson info) {}

    record ChannelOnly(@Nullable String channel) {}

    record History(
            @Nullable String channel, int limit, @Nullable Position since, boolean reverse) {}

    record Pattern(@Nullable String pattern) {}

    record Batch(@Nullable List<Map<String, RawJson>> commands, boolean parallel) {}

    /// The body of the legacy form `POST /api`.
    record Legacy(@Nullable String method, @Nullable RawJson params) {}
}
