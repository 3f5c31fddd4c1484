package dev.heliograph.server.drain;

/// How far the drain of a node is.
///
/// @param node        its id
/// @param name        of the node
/// @param kind        what goes on, or went on last
/// @param total       clients that are to move; for a rebalance those beyond the tolerance at its start
/// @param moved       clients that were asked to reconnect
/// @param left        clients that are still to be asked
/// @param connections that the node has now
/// @param setPoint    clients a second that were asked for, or follow from the deadline
/// @param pace        clients a second now: less than the set point while the other nodes have trouble
/// @param measured    clients a second over the last five seconds
/// @param etaMillis   until all are asked, if it goes on like this; -1 if that cannot be said
/// @param note        why it is slow or ended, in words; empty if there is nothing to say
public record DrainStatus(
        String node,
        String name,
        Kind kind,
        State state,
        int total,
        int moved,
        int left,
        int connections,
        double setPoint,
        double pace,
        double measured,
        long etaMillis,
        String note) {

    /// What is done with clients.
    public enum Kind {
        NONE,
        DRAIN,
        REBALANCE,
        SHUTDOWN
    }

    /// ```
    ///  IDLE ──► RUNNING ◄──► PAUSED
    ///              │  └──cancel──┴──► CANCELLED
    ///              └──► DONE ──cancel──► CANCELLED (takes clients again)
    /// ```
    public enum State {
        IDLE,
        RUNNING,
        PAUSED,
        DONE,
        CANCELLED
    }

    /// Whether it goes on or can go on.
    public boolean active() {
        return state == State.RUNNING || state == State.PAUSED;
    }
}
