package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.desktop.ui.Fx;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Short news at the lower right, which go by themselves; those of a change have its undo until they go. While the
/// pointer is
/// on one it stays. On JavaFX's thread.
public final class Toasts {

    /// Long enough to read a sentence, see that it was the wrong one, and find the button.
    static final int SECONDS = 15;

    private static final int MOST = 4;

    private final VBox stack = new VBox(8);

    public Toasts() {
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
        add(Feather.CHECK_CIRCLE, Styles.SUCCESS, sentence, undo, true);
    }

    /// Something to know.
    public void tell(String sentence) {
        add(Feather.INFO, Styles.ACCENT, sentence, Optional.empty(), true);
    }

    /// Something went wrong that nobody waits for; stays until it is closed.
    public void warn(String sentence) {
        add(Feather.ALERT_TRIANGLE, Styles.DANGER, sentence, Optional.empty(), false);
    }

    private void add(Ikon icon, String style, String sentence, Optional<Runnable> undo, boolean goes) {
        Fx.checkThread();
        FontIcon sign = new FontIcon(icon);
        Label label = SheetFrame.sentence(sentence);
        HBox.setHgrow(label, Priority.ALWAYS);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox toast = new HBox(12, sign, label);
        toast.getStyleClass().addAll("toast", style);
        toast.setAlignment(Pos.CENTER_LEFT);

        Button button = new Button();
        undo.ifPresent(run -> {
            button.setId("undo");
            button.setMnemonicParsing(false);
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setText(text("shell.undo", Integer.toString(SECONDS)));
            toast.getChildren().add(button);
        });
        Button close = new Button(null, new FontIcon(Feather.X));
        close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        close.setAccessibleText(text("shell.close"));
        toast.getChildren().add(close);

        Timeline clock = new Timeline();
        int[] left = {SECONDS};
        clock.getKeyFrames().add(new KeyFrame(Duration.seconds(1), _ -> {
            if (toast.isHover() || button.isFocused()) {
                return;
            }
            left[0]--;
            button.setText(text("shell.undo", Integer.toString(left[0])));
            if (left[0] == 0) {
                remove(toast, clock);
            }
        }));
        clock.setCycleCount(Animation.INDEFINITE);
        button.setOnAction(_ -> {
            remove(toast, clock);
            undo.orElseThrow().run();
        });
        close.setOnAction(_ -> remove(toast, clock));
        stack.getChildren().add(toast);
        if (stack.getChildren().size() > MOST) {
            stack.getChildren().removeFirst();
        }
        if (goes) {
            clock.play();
        }
    }

    /// The undo of the newest toast, if there is one: for its key.
    boolean undoNewest() {
        for (Node toast : stack.getChildren().reversed()) {
            if (toast.lookup("#undo") instanceof Button undo) {
                undo.fire();
                return true;
            }
        }
        return false;
    }

    private void remove(Node toast, Timeline clock) {
        clock.stop();
        stack.getChildren().remove(toast);
    }
}
