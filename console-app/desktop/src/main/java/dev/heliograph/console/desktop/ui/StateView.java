package dev.heliograph.console.desktop.ui;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Stands where something would be that is not there: says why, and what to do. Takes no room while there is something.
/// On JavaFX's thread.
public final class StateView extends VBox {

    /// What is there within this time needs no progress; showing some would only flicker.
    static final Duration PATIENCE = Duration.millis(300);

    private static final double TEXT_WIDTH = 520;
    private static final double GAP = 12;

    private final PauseTransition patience = new PauseTransition(PATIENCE);
    private ViewState state = ViewState.ready();

    public StateView() {
        super(GAP);
        getStyleClass().add("state-view");
        setAlignment(Pos.CENTER);
        patience.setOnFinished(_ -> render());
        show(state);
    }

    public ViewState state() {
        return state;
    }

    public void show(ViewState next) {
        Fx.checkThread();
        boolean same = next.equals(state);
        boolean waiting = next instanceof ViewState.Loading && state instanceof ViewState.Loading;
        state = next;
        if (next instanceof ViewState.Loading && !waiting) {
            clear();
            patience.playFromStart();
        } else if (!same || getChildren().isEmpty()) {
            if (!waiting) {
                patience.stop();
            }
            if (!waiting || isVisible()) {
                render();
            }
        }
    }

    private void render() {
        switch (state) {
            case ViewState.Ready() -> clear();
            case ViewState.Loading(String what, Optional<Runnable> cancel) -> {
                ProgressIndicator progress = new ProgressIndicator();
                progress.setMaxSize(36, 36);
                progress.setAccessibleText(what);
                fill(progress, title(what), cancel.map(run -> button("controls.loading.cancel", run)));
            }
            case ViewState.Empty(String title, String hint, Optional<ViewState.Step> step) -> {
                fill(icon(Feather.INBOX), title(title), Optional.of(hint(hint)));
                step.ifPresent(each -> {
                    Button button = new Button(each.text());
                    button.getStyleClass().add(Styles.ACCENT);
                    button.setOnAction(_ -> each.run().run());
                    getChildren().add(button);
                });
            }
            case ViewState.Failed(String sentence, Optional<Runnable> retry) -> {
                FontIcon icon = icon(Feather.ALERT_TRIANGLE);
                icon.getStyleClass().add("failed");
                fill(icon, title(text("controls.failed.title")), Optional.of(hint(sentence)));
                retry.ifPresent(run -> getChildren().add(button("controls.failed.retry", run)));
            }
        }
    }

    private void clear() {
        getChildren().clear();
        setVisible(false);
        setManaged(false);
    }

    private void fill(Node first, Node second, Optional<? extends Node> third) {
        getChildren().setAll(first, second);
        third.ifPresent(getChildren()::add);
        setVisible(true);
        setManaged(true);
    }

    private static FontIcon icon(Ikon code) {
        FontIcon icon = new FontIcon(code);
        icon.getStyleClass().add("state-icon");
        return icon;
    }

    private static Label title(String words) {
        Label label = hint(words);
        label.getStyleClass().setAll("label", "state-title");
        return label;
    }

    private static Label hint(String words) {
        Label label = new Label(words);
        label.getStyleClass().add("state-hint");
        label.setWrapText(true);
        label.setMaxWidth(TEXT_WIDTH);
        label.setMinHeight(USE_PREF_SIZE);
        label.setTextAlignment(TextAlignment.CENTER);
        // The text may be narrower than the room that the label is given.
        label.setAlignment(Pos.CENTER);
        return label;
    }

    private static Button button(String key, Runnable run) {
        Button button = new Button(text(key));
        button.setOnAction(_ -> run.run());
        return button;
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
