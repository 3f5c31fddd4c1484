package dev.heliograph.server.admin;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.heliograph.server.connections.TailLine;
import dev.heliograph.server.follow.FollowedEvent;
import dev.heliograph.server.observe.TraceEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the stream says. The `type` tells which it is.
sealed interface StreamMessage {

    String type();

    /// The first one: all topics have begun.
    record Hello(String type, String operator, List<Topic> topics) implements StreamMessage {
        Hello(String operator, List<Topic> topics) {
            this("hello", operator, topics);
        }
    }

    record NodesMessage(String type, List<Nodes.NodeRow> nodes) implements StreamMessage {
        NodesMessage(List<Nodes.NodeRow> nodes) {
            this("nodes", nodes);
        }
    }

    record AuditMessage(String type, AuditLog.AuditRow entry) implements StreamMessage {
        AuditMessage(AuditLog.AuditRow entry) {
            this("audit", entry);
        }
    }

    /// @param active whether any goes on, or is paused
    record DrainsMessage(String type, boolean active, List<DrainsApi.DrainRow> drains, List<String> missing)
            implements StreamMessage {
        DrainsMessage(boolean active, List<DrainsApi.DrainRow> drains, List<String> missing) {
            this("drains", active, drains, missing);
        }
    }

    /// Rates a second, on all nodes together.
    record LimitRate(String name, double admitted, double rejected, double wouldReject) {}

    /// @param limits those that admitted or refused something since the last one
    record LimitsMessage(String type, List<LimitRate> limits) implements StreamMessage {
        LimitsMessage(List<LimitRate> limits) {
            this("limits", limits);
        }
    }

    record ConnectionsMessage(String type, ConnectionsApi.ConnectionList page) implements StreamMessage {
        ConnectionsMessage(ConnectionsApi.ConnectionList page) {
            this("connections", page);
        }
    }

    /// A publication.
    ///
    /// @param at      Unix milliseconds when the node heard it
    /// @param offset  left out if the channel keeps no history
    /// @param bytes   of its data
    /// @param data    any JSON, masked as asked
    /// @param user    who published it; empty for a back end
    /// @param skipped publications so far that were not shown
    record TailMessage(
            String type,
            long at,
            String channel,
            @Nullable Long offset,
            int bytes,
            RawValue data,
            String user,
            String client,
            long skipped)
            implements StreamMessage {
        static TailMessage of(String channel, TailLine line, long skipped) {
            return new TailMessage(
                    "tail",
                    line.at(),
                    channel,
                    line.offset() == 0 ? null : line.offset(),
                    line.bytes(),
                    new RawValue(line.data()),
                    line.user(),
                    line.client(),
                    skipped);
        }
    }

    /// @param seen    publications that came
    /// @param skipped those of them that were not shown
    record TailEnd(String type, String channel, long seen, long skipped) implements StreamMessage {
        TailEnd(String channel, long seen, long skipped) {
            this("tail_end", channel, seen, skipped);
        }
    }

    /// What happened to who is followed.
    ///
    /// @param at      Unix milliseconds by the clock of the node
    /// @param detail  in a few words
    /// @param bytes   of the payload or the frames
    /// @param preview the payload with its letters and digits masked; empty if there is none
    record FollowRow(
            long at,
            String node,
            TraceEvent.Kind kind,
            String client,
            String user,
            String ip,
            String channel,
            String detail,
            long bytes,
            String preview) {
        static FollowRow of(FollowedEvent event) {
            return new FollowRow(
                    event.at(),
                    event.node(),
                    event.kind(),
                    event.client(),
                    event.user(),
                    event.ip(),
                    event.channel(),
                    event.detail(),
                    event.bytes(),
                    event.preview());
        }
    }

    /// @param dropped events that were left out since the last one
    /// @param missing nodes that did not answer, and why
    record FollowMessage(String type, List<FollowRow> events, long dropped, List<String> missing)
            implements StreamMessage {
        FollowMessage(List<FollowRow> events, long dropped, List<String> missing) {
            this("follow", events, dropped, missing);
        }
    }

    /// @param shown   events in all
    /// @param dropped that were left out
    record FollowEnd(String type, long shown, long dropped) implements StreamMessage {
        FollowEnd(long shown, long dropped) {
            this("follow_end", shown, dropped);
        }
    }

    /// A topic cannot be seen now; the stream goes on.
    record TopicProblem(String type, Topic topic, String message) implements StreamMessage {
        TopicProblem(Topic topic, String message) {
            this("problem", topic, message);
        }
    }

    /// The last one, where the stream ends because of an error.
    record StreamError(String type, AdminApi.Problem error) implements StreamMessage {
        StreamError(AdminException e) {
            this("error", new AdminApi.Problem(e.code(), e.text()));
        }
    }

    /// All of them by type, for the description.
    static Map<String, Class<? extends StreamMessage>> types() {
        Map<String, Class<? extends StreamMessage>> types = new LinkedHashMap<>();
        types.put("hello", Hello.class);
        types.put("nodes", NodesMessage.class);
        types.put("audit", AuditMessage.class);
        types.put("drains", DrainsMessage.class);
        types.put("limits", LimitsMessage.class);
        types.put("connections", ConnectionsMessage.class);
        types.put("tail", TailMessage.class);
        types.put("tail_end", TailEnd.class);
        types.put("follow", FollowMessage.class);
        types.put("follow_end", FollowEnd.class);
        types.put("problem", TopicProblem.class);
        types.put("error", StreamError.class);
        return types;
    }
}
