package dev.heliograph.server.follow;

import dev.heliograph.server.observe.Redactor;
import dev.heliograph.server.observe.TraceEvent;

/// Something that happened to a connection that is followed, on whichever node. Secrets are redacted, and of a payload
/// only the size and the shape are told.
///
/// @param at      Unix milliseconds, by the clock of the node
/// @param node    the name of the node
/// @param client  the id of the connection
/// @param user    empty for an anonymous one, and before it is known
/// @param ip      the client's address
/// @param channel empty if it is about none
/// @param detail  in a few words
/// @param bytes   of the payload or of the frames; 0 if there are none
/// @param preview the payload with its letters and digits masked; empty if there is none
public record FollowedEvent(
        long at,
        String node,
        TraceEvent.Kind kind,
        String client,
        String user,
        String ip,
        String channel,
        String detail,
        long bytes,
        String preview) {

    static FollowedEvent of(TraceEvent event, String node, Redactor redactor) {
        return new FollowedEvent(
                event.time().toEpochMilli(),
                node,
                event.kind(),
                event.client(),
                redactor.redact(event.user()),
                event.remoteAddress(),
                redactor.redact(event.channel()),
                redactor.redact(event.detail()),
                event.bytes(),
                event.preview());
    }
}
