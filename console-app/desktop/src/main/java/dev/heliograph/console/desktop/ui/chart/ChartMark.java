package dev.heliograph.console.desktop.ui.chart;

import java.time.Instant;
import java.util.Locale;

/// Something that happened, shown as a flag above the lines.
///
/// @param title  a few words
/// @param detail more of it; may be empty
public record ChartMark(Instant at, Kind kind, String title, String detail) {

    /// What kind of thing it was; each has its letter on the flag, and its colour.
    public enum Kind {
        /// An operator changed something.
        ACTION("O"),
        ALERT("!"),
        /// Another version or colour.
        DEPLOY("D"),
        /// A node came or went.
        NODE("N");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        String key() {
            return "controls.chart.mark." + name().toLowerCase(Locale.ROOT);
        }
    }
}
