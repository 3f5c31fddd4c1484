package dev.heliograph.console.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What the admin API calls by these words in lower case.
public enum EventKind {
    @JsonProperty("handshake")
    HANDSHAKE,
    @JsonProperty("connect")
    CONNECT,
    @JsonProperty("subscribe")
    SUBSCRIBE,
    @JsonProperty("unsubscribe")
    UNSUBSCRIBE,
    @JsonProperty("refresh")
    REFRESH,
    @JsonProperty("error")
    ERROR,
    @JsonProperty("disconnect")
    DISCONNECT
}
