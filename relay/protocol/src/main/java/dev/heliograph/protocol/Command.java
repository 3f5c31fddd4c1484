package dev.heliograph.protocol;

import static java.util.Objects.requireNonNull;

/// What a client sends: a request and the number its reply will carry.
///
/// @param id chosen by the client, 1 to 2^32-1; 0 for what has no reply ([Request.Send], [Request.Pong])
public record Command(long id, Request request) {

    /// The largest id: an unsigned 32-bit number.
    public static final long MAX_ID = 0xFFFF_FFFFL;

    public Command {
        requireNonNull(request, "request");
        if (id < 0 || id > MAX_ID) {
            throw new IllegalArgumentException("command id %d is not an unsigned 32-bit number".formatted(id));
        }
    }
}
