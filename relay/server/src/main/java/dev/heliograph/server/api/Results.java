package dev.heliograph.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.server.cluster.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The results of the server API's methods as they are in the body (protocol C). Null and, where marked, zero
/// fields are left out.
final class Results {

    private Results() {}

    record Empty() {}

    record Published(@Nullable Long offset, @Nullable String epoch) {}

    record Failure(int code, String message) {}

    /// Either a result or an error.
    record Outcome(@Nullable Object result, @Nullable Failure error) {
        static Outcome of(Object result) {
            return new Outcome(result, null);
        }

        static Outcome of(ApiException e) {
            return new Outcome(null, new Failure(e.code(), e.text()));
        }
    }

    record Broadcasted(List<Outcome> responses) {}

    record Client(
            String user,
            String client,
            @Nullable RawJson connInfo,
            @Nullable RawJson chanInfo) {
        static Client of(ClientInfo info) {
            return new Client(info.user(), info.client(), raw(info.connInfo()), raw(info.chanInfo()));
        }
    }

    record Presence(Map<String, Client> presence) {}

    record PresenceStats(int numClients, int numUsers) {}

    record HistoryEntry(
            RawJson data,
            @Nullable Client info,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long offset,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> tags) {
        static HistoryEntry of(Publication publication) {
            return new HistoryEntry(
                    new RawJson(publication.data()),
                    publication.info().map(Client::of).orElse(null),
                    publication.offset(),
                    publication.tags());
        }
    }

    record History(List<HistoryEntry> publications, String epoch, long offset) {}

    record ChannelInfo(int numClients) {}

    record Channels(Map<String, ChannelInfo> channels) {}

    record Process(double cpu, long rss) {}

    record NodeInfo(
            String uid,
            String name,
            String version,
            String address,
            String colour,
            int numClients,
            int numUsers,
            int numChannels,
            int numSubs,
            long uptime,
            Process process) {
        static NodeInfo of(Node node, long nowMillis) {
            Node.Load load = node.load();
            return new NodeInfo(
                    node.id(),
                    node.name(),
                    node.version(),
                    node.address(),
                    node.colour(),
                    load.clients(),
                    load.users(),
                    load.channels(),
                    load.subscriptions(),
                    (nowMillis - node.started()) / 1_000,
                    new Process(load.cpu(), load.rss()));
        }
    }

    record Info(List<NodeInfo> nodes) {}

    record Replies(List<Map<String, Object>> replies) {}

    private static @Nullable RawJson raw(Bytes bytes) {
        return bytes.isEmpty() ? null : new RawJson(bytes);
    }
}
