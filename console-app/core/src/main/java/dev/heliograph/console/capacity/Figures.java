package dev.heliograph.console.capacity;

import dev.heliograph.capacity.Calibration;
import dev.heliograph.console.text.Messages;
import java.util.Optional;

/// The measured figures that plans are made from.
///
/// @param file the operator's own; empty for those that come with the console
public record Figures(Calibration calibration, Optional<String> file) {

    /// Whose they are, when they were measured, and on what.
    public String sentence() {
        return Messages.text(
                file.isPresent() ? "capacity.figures.own" : "capacity.figures.packaged",
                calibration.date(),
                calibration.machine(),
                calibration.version(),
                file.orElse(""));
    }
}
