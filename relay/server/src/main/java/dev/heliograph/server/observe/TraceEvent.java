package dev.heliograph.server.observe;

import java.time.Instant;

/// Something that happened to a connection that is followed.
///
/// @param client  the id of the connection; empty in [Kind#ENDED]
/// @param channel empty if it is about none
/// @param detail  what it was, in a few words: the type of a command, a code with its reason
/// @param bytes   of the payload, or of the frames; 0 if there are none
/// @param preview the shape of the payload, with its letters and digits masked ([Masked]); empty if there is none
public record TraceEvent(
        Instant time,
        Kind kind,
        String client,
        String user,
        String remoteAddress,
        String channel,
        String detail,
        long bytes,
        String preview) {

    /// What happened.
    public enum Kind {
        /// A connect request was accepted.
        CONNECTED,
        /// A client sent a command.
        COMMAND,
        /// A command was answered with an error.
        ERROR,
        /// Publications were written to a subscriber: one event for what is written at once, sampled.
        DELIVERED,
        /// The server ended a subscription.
        UNSUBSCRIBED,
        /// The connection has ended.
        DISCONNECTED,
        /// The last one of each follow: its time is over or it was closed. `bytes` is the number of events that
        /// were not told: they came faster than they were taken, or waited when it ended.
        ENDED
    }

    /// As a line of the log shows it; what comes from outside is escaped there.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.name().toLowerCase(java.util.Locale.ROOT));
        if (!detail.isEmpty()) {
            text.append(' ').append(detail);
        }
        if (!channel.isEmpty()) {
            text.append(" channel '").append(channel).append('\'');
        }
        if (bytes > 0) {
            text.append(' ').append(bytes).append(kind == Kind.ENDED ? " events lost" : " B");
        }
        if (!preview.isEmpty()) {
            text.append(' ').append(preview);
        }
        return text.toString();
    }
}
