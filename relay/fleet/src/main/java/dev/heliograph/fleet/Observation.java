package dev.heliograph.fleet;

import java.util.List;
import java.util.Optional;

/// What there is to decide on.
public sealed interface Observation {

    /// All that a decision needs.
    ///
    /// @param relays       of all colours
    /// @param peak         empty if Prometheus does not look so far back
    /// @param deployLocked whether a deployment holds the lock
    record Load(List<RelayNode> relays, Optional<Peak> peak, boolean deployLocked) implements Observation {

        public Load {
            relays = List.copyOf(relays);
        }
    }

    /// The most within the cooldown of scaling in.
    ///
    /// @param connections of all relays together
    /// @param cpu         of their processors; 2.0 is all of two hosts
    record Peak(long connections, double cpu) {}

    /// Something is missing, or too old to be relied on.
    record Unknown(String why) implements Observation {}
}
