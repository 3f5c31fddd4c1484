package dev.heliograph.console.desktop.ui;

import dev.heliograph.console.text.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/// How long ago something was, "12 s ago", as time goes by; the time itself is in the tooltip. On JavaFX's thread.
public final class AgoLabel extends Label implements Ticker.Ticking {

    private final Clock clock;
    private final Tooltip time = new Tooltip();
    private Optional<Instant> at = Optional.empty();

    public AgoLabel(Clock clock) {
        this.clock = clock;
        getStyleClass().add("ago");
        Ticker.follow(this);
    }

    /// @param when nothing is shown if empty
    public void show(Optional<Instant> when) {
        at = when;
        setTooltip(when.isPresent() ? time : null);
        when.ifPresent(each -> time.setText(Times.second(each) + " UTC"));
        tick();
    }

    @Override
    public void tick() {
        setText(at.map(when -> Times.ago(when, clock.instant())).orElse(""));
    }
}
