package dev.heliograph.protocol;

/// How messages are written on a connection; fixed for its life.
public enum Encoding {
    /// Newline-delimited JSON in WebSocket text messages.
    JSON,
    /// Length-prefixed Protobuf in WebSocket binary messages.
    PROTOBUF;

    /// The codec; stateless, for every thread.
    public Codec codec() {
        return this == JSON ? JsonCodec.INSTANCE : ProtobufCodec.INSTANCE;
    }
}
