package dev.heliograph.console.desktop.alerts;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.alerts.AlertGroup.Standing;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.Tone;
import org.kordamp.ikonli.feather.Feather;

/// How severities and standings look.
final class AlertLook {

    private AlertLook() {}

    static Status severity(String severity) {
        return switch (severity) {
            case "page", "critical", "error" -> Status.of(severity, Tone.BAD);
            case "ticket", "warning" -> Status.of(severity, Tone.WARNING);
            case "" -> Status.of(text("alerts.severity.none"), Tone.NEUTRAL);
            default -> Status.of(severity, Tone.INFO);
        };
    }

    static Status standing(Standing standing) {
        return switch (standing) {
            case FIRING -> new Status(text("alerts.standing.firing"), Tone.BAD, Feather.BELL);
            case ACKNOWLEDGED -> new Status(text("alerts.standing.acknowledged"), Tone.INFO, Feather.USER_CHECK);
            case SILENCED -> new Status(text("alerts.standing.silenced"), Tone.NEUTRAL, Feather.BELL_OFF);
            case INHIBITED -> new Status(text("alerts.standing.inhibited"), Tone.NEUTRAL, Feather.CORNER_DOWN_RIGHT);
        };
    }
}
