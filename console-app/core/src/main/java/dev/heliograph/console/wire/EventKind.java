package dev.heliograph.console.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
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
    DISCONNECT,
    /// A word that this console does not know: the relay is newer.
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
}
