package dev.heliograph.console.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What the live stream sends (`x-messages` of `/v1/stream` in docs/openapi.json), told apart by `type`.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = NodesMessage.class, name = "nodes"),
    @JsonSubTypes.Type(value = AuditMessage.class, name = "audit"),
    @JsonSubTypes.Type(value = DrainsMessage.class, name = "drains"),
    @JsonSubTypes.Type(value = LimitsMessage.class, name = "limits"),
    @JsonSubTypes.Type(value = ConnectionsMessage.class, name = "connections"),
    @JsonSubTypes.Type(value = TailMessage.class, name = "tail"),
    @JsonSubTypes.Type(value = TailEnd.class, name = "tail_end"),
    @JsonSubTypes.Type(value = FollowMessage.class, name = "follow"),
    @JsonSubTypes.Type(value = FollowEnd.class, name = "follow_end"),
    @JsonSubTypes.Type(value = TopicProblem.class, name = "problem"),
    @JsonSubTypes.Type(value = StreamError.class, name = "error")
})
public sealed interface StreamMessage
        permits Hello,
                NodesMessage,
                AuditMessage,
                DrainsMessage,
                LimitsMessage,
                ConnectionsMessage,
                TailMessage,
                TailEnd,
                FollowMessage,
                FollowEnd,
                TopicProblem,
                StreamError {

    /// The word that it comes under.
    String type();
}
