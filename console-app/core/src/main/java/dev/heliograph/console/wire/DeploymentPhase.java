package dev.heliograph.console.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/// What the admin API calls by these words in lower case.
public enum DeploymentPhase {
    @JsonProperty("preflight")
    PREFLIGHT,
    @JsonProperty("install")
    INSTALL,
    @JsonProperty("smoke")
    SMOKE,
    @JsonProperty("canary")
    CANARY,
    @JsonProperty("switch")
    SWITCH,
    @JsonProperty("drain")
    DRAIN,
    @JsonProperty("bake")
    BAKE,
    @JsonProperty("retire")
    RETIRE,
    @JsonProperty("done")
    DONE,
    @JsonProperty("rolling_back")
    ROLLING_BACK,
    @JsonProperty("rolled_back")
    ROLLED_BACK,
    @JsonProperty("failed")
    FAILED,
    /// A word that this console does not know: the relay is newer.
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
}
