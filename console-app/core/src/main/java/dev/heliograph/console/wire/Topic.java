package dev.heliograph.console.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/// What the admin API calls by these words in lower case.
public enum Topic {
    @JsonProperty("nodes")
    NODES,
    @JsonProperty("audit")
    AUDIT,
    @JsonProperty("drains")
    DRAINS,
    @JsonProperty("limits")
    LIMITS,
    @JsonProperty("connections")
    CONNECTIONS,
    @JsonProperty("tail")
    TAIL,
    @JsonProperty("follow")
    FOLLOW,
    /// A word that this console does not know: the relay is newer.
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
}
