package dev.heliograph.console.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What the admin API calls by these words in lower case.
public enum DrainKind {
    @JsonProperty("none")
    NONE,
    @JsonProperty("drain")
    DRAIN,
    @JsonProperty("rebalance")
    REBALANCE,
    @JsonProperty("shutdown")
    SHUTDOWN
}
