package dev.heliograph.console.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What the admin API calls by these words in lower case.
public enum OperationState {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("done")
    DONE,
    @JsonProperty("cancelled")
    CANCELLED,
    @JsonProperty("expired")
    EXPIRED,
    @JsonProperty("failed")
    FAILED
}
