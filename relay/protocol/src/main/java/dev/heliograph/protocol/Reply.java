package dev.heliograph.protocol;

/// What the server sends: the answer to a command, a push, or a ping.
public sealed interface Reply {

    /// The command `id` succeeded.
    record Ok(long id, Result result) implements Reply {}

    /// The command `id` failed.
    record Failed(long id, ReplyError error) implements Reply {}

    /// Something that no command asked for.
    record Pushed(Push push) implements Reply {}

    /// A ping, to be answered with [Request.Pong]; an empty reply on the wire.
    record Ping() implements Reply {}
}
