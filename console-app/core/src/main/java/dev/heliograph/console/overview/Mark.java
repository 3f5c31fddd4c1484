package dev.heliograph.console.overview;

import java.time.Instant;
import java.util.Locale;

/// Something that happened, as it is marked on the charts.
///
/// @param id     by which it is known: the same one is marked once
/// @param title  a few words: "ann: ip_rule.put 203.0.113.0/24"
/// @param detail more of it; may be empty
public record Mark(String id, Instant at, Kind kind, String title, String detail) {

    /// What kind of thing it was.
    public enum Kind {
        /// An operator changed something.
        ACTION,
        /// An alert began to fire, or is over.
        ALERT,
        /// A node has another version or colour than it or the others had, or began or ended to drain.
        DEPLOY,
        /// A node came or went.
        NODE;

        /// For keys of texts.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
