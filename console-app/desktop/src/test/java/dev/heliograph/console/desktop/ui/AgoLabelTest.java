package dev.heliograph.console.desktop.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.UiTest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;

class AgoLabelTest extends UiTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON.plusSeconds(12));
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };

    @Test
    void goesOnWithTheTimeAndRestsWhenItIsNotShown() {
        StackPane pane = onFx(StackPane::new);
        show(() -> {
            AgoLabel label = new AgoLabel(clock);
            label.show(Optional.of(NOON));
            pane.getChildren().setAll(label);
            return pane;
        });
        awaitText("12 s ago");

        now.set(NOON.plusSeconds(95));
        awaitText("1 min 35 s ago");
        assertThat(onFx(Ticker::isRunning)).isTrue();

        runOnFx(() -> pane.getChildren().clear());
        assertThat(onFx(Ticker::isRunning)).isFalse();
    }
}
