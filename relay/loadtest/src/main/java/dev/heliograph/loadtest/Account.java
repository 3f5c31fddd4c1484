package dev.heliograph.loadtest;

import java.util.Map;

/// The account of all clients of a [Swarm] since it began.
///
/// @param lost         publications that a client should have and has not: for one that stays all since it came, for
/// one
///                     that went those below the last that it had
/// @param duplicated   that a client got twice
/// @param reordered    that a client got after later ones
/// @param delivered    to clients that count
/// @param disconnected clients whose connection ended, though not by the swarm, and which did not come back
/// @param returned     times that a client came back
/// @param notices      that clients joined or left, to all clients
/// @param ends         how connections ended that the swarm did not end itself
public record Account(
        long lost,
        long duplicated,
        long reordered,
        long delivered,
        long disconnected,
        long returned,
        long notices,
        Map<String, Long> ends) {

    /// Whether each client got each publication once and in order, to the end.
    public boolean exact() {
        return lost == 0 && duplicated == 0 && reordered == 0 && disconnected == 0;
    }
}
