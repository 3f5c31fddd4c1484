package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.desktop.ui.Fx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Short news at the lower right, which go by themselves; those of a change have its undo until they go. While the
/// pointer is on one it stays, and while they are out of sight their time stands still. On JavaFX's thread.
public final class Toasts {

    /// Long enough to read a sentence, see that it was the wrong one, and find the button.
    static final Duration LIFE = Duration.ofSeconds(15);

    private static final int MOST = 4;

    private final Clock clock;
    private final VBox stack = new VBox(8);

    public Toasts(Clock clock) {
        this.clock = clock;
        stack.setId("toasts");
        stack.setAlignment(Pos.BOTTOM_RIGHT);
        stack.setPickOnBounds(false);
        stack.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    }

    public Node view() {
        return stack;
    }

    /// Something was done.
    ///
    /// @param undo takes it back, if anything does
    public void done(String sentence, Optional<Runnable> undo) {
        add(new Toast(Feather.CHECK_CIRCLE, Styles.SUCCESS, sentence, undo, true));
    }

    /// Something to know.
    public void tell(String sentence) {
        add(new Toast(Feather.INFO, Styles.ACCENT, sentence, Optional.empty(), true));
    }

    /// Something went wrong that nobody waits for; stays until it is closed.
    public void warn(String sentence) {
        add(new Toast(Feather.ALERT_TRIANGLE, Styles.DANGER, sentence, Optional.empty(), false));
    }

    private void add(Toast toast) {
        Fx.checkThread();
        stack.getChildren().add(toast);
        if (stack.getChildren().size() > MOST) {
            // What waits for somebody to close it goes last.
            List<Toast> all = toasts();
            all.stream()
                    .filter(each -> each.goes)
                    .findFirst()
                    .orElse(all.getFirst())
                    .remove();
        }
    }

    /// They are in sight again: the time until now does not count.
    void resume() {
        toasts().forEach(toast -> toast.seen = clock.instant());
    }

    /// The time goes on.
    void tick() {
        toasts().forEach(Toast::tick);
    }

    /// The undo of the newest toast, if there is one: for its key.
    boolean undoNewest() {
        Optional<Toast> newest = toasts().reversed().stream()
                .filter(toast -> toast.undo.isPresent())
                .findFirst();
        newest.flatMap(toast -> toast.undo).ifPresent(Button::fire);
        return newest.isPresent();
    }

    private List<Toast> toasts() {
        List<Toast> all = new ArrayList<>();
        stack.getChildren().forEach(toast -> all.add((Toast) toast));
        return all;
    }

    private final class Toast extends HBox {

        private final Optional<Button> undo;
        private final boolean goes;
        private Duration left = LIFE;
        private Instant seen = clock.instant();

        Toast(Ikon icon, String style, String sentence, Optional<Runnable> takeBack, boolean goes) {
            super(12);
            this.goes = goes;
            this.undo = takeBack.map(this::undo);
            getStyleClass().addAll("toast", style);
            setAlignment(Pos.CENTER_LEFT);
            Label label = SheetFrame.sentence(sentence);
            HBox.setHgrow(label, Priority.ALWAYS);
            label.setMaxWidth(Double.MAX_VALUE);
            Button close = new Button(null, new FontIcon(Feather.X));
            close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
            close.setAccessibleText(text("shell.close"));
            close.setOnAction(_ -> remove());
            getChildren().addAll(new FontIcon(icon), label);
            undo.ifPresent(getChildren()::add);
            getChildren().add(close);
            count();
        }

        private Button undo(Runnable takeBack) {
            Button button = new Button();
            button.setId("undo");
            button.setMnemonicParsing(false);
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setOnAction(_ -> {
                remove();
                takeBack.run();
            });
            return button;
        }

        void tick() {
            Instant now = clock.instant();
            Duration passed = Duration.between(seen, now);
            seen = now;
            boolean held = isHover() || undo.filter(Button::isFocused).isPresent();
            // A clock that is set back gives nobody more time.
            if (!goes || held || passed.isNegative()) {
                return;
            }
            left = left.minus(passed);
            count();
            if (!left.isPositive()) {
                remove();
            }
        }

        private void count() {
            long seconds = Math.max(0, left.plusMillis(999).toSeconds());
            undo.ifPresent(button -> button.setText(text("shell.undo", Long.toString(seconds))));
        }

        private void remove() {
            stack.getChildren().remove(this);
        }
    }
}
