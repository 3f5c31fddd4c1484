package dev.heliograph.server.connections;

import java.util.List;

/// How far an operation that ends connections has come.
///
/// @param operation its id
/// @param node      the id of the node that runs it
/// @param by        who asked for it
/// @param perSecond connections a second; 0 for as fast as it goes
/// @param matched   connections that were meant when it began
/// @param selected  those of them that are to end, `matched` or the cap
/// @param told      that were told to end
/// @param gone      that had ended by themselves before it was their turn
/// @param failures  nodes that could not be reached, and why: what they carry is not ended
/// @param startedAt Unix milliseconds
/// @param endedAt   Unix milliseconds; 0 while it runs
/// @param leftMs    until it has ended, by its pace; 0 if it has
public record DisconnectStatus(
        String operation,
        State state,
        String node,
        String by,
        int code,
        String reason,
        double perSecond,
        long matched,
        int selected,
        int told,
        int gone,
        List<String> failures,
        long startedAt,
        long endedAt,
        long leftMs) {

    /// What an operation does.
    public enum State {
        RUNNING,
        DONE,
        /// Somebody ended it.
        CANCELLED,
        /// It took longer than it was given.
        EXPIRED,
        /// Its node could not go on.
        FAILED
    }

    public DisconnectStatus {
        failures = List.copyOf(failures);
    }
}
