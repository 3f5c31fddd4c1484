package dev.heliograph.console.alerts;

import dev.heliograph.console.value.Loaded;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the page of alerts shows.
///
/// @param address of the Alertmanager; empty if none is connected
public record AlertsState(Optional<URI> address, Loaded<Picture> picture) {

    /// What an Alertmanager said.
    ///
    /// @param groups   what fires
    /// @param silences that hold or will, those that end first first
    public record Picture(List<AlertGroup> groups, List<Silence> silences, Instant at) {

        public Picture {
            groups = List.copyOf(groups);
            silences = List.copyOf(silences);
        }

        /// How many alerts of a name fire, silenced or not.
        public long firing(String name) {
            return groups.stream()
                    .filter(group -> group.name().equals(name))
                    .mapToLong(group -> group.alerts().size())
                    .sum();
        }

        /// How many groups nobody has taken on.
        public long unattended() {
            return groups.stream()
                    .filter(group -> group.standing() == AlertGroup.Standing.FIRING)
                    .count();
        }
    }
}
