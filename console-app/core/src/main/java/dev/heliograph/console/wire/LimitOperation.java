package dev.heliograph.console.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/// What the admin API calls by these words in lower case.
public enum LimitOperation {
    @JsonProperty("handshake")
    HANDSHAKE,
    @JsonProperty("connections")
    CONNECTIONS,
    @JsonProperty("connect")
    CONNECT,
    @JsonProperty("publish")
    PUBLISH,
    @JsonProperty("subscribe")
    SUBSCRIBE,
    @JsonProperty("rpc")
    RPC,
    @JsonProperty("bytes_in")
    BYTES_IN,
    /// A word that this console does not know: the relay is newer.
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
}
