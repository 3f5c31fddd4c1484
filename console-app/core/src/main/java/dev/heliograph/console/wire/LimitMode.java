package dev.heliograph.console.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What the admin API calls by these words in lower case.
public enum LimitMode {
    @JsonProperty("enforce")
    ENFORCE,
    @JsonProperty("dry_run")
    DRY_RUN
}
