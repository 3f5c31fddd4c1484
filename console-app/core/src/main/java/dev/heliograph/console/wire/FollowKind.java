package dev.heliograph.console.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/// What the admin API calls by these words in lower case.
public enum FollowKind {
    @JsonProperty("connected")
    CONNECTED,
    @JsonProperty("command")
    COMMAND,
    @JsonProperty("error")
    ERROR,
    @JsonProperty("delivered")
    DELIVERED,
    @JsonProperty("unsubscribed")
    UNSUBSCRIBED,
    @JsonProperty("disconnected")
    DISCONNECTED,
    @JsonProperty("ended")
    ENDED,
    /// A word that this console does not know: the relay is newer.
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
}
