package dev.heliograph.console.desktop.shell;

import atlantafx.base.controls.ModalPane;
import dev.heliograph.console.desktop.ui.Fx;
import java.util.ArrayDeque;
import java.util.Deque;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What lies over the pages and wants an answer first: one sheet at a time, the newest in front. The keyboard stays in
/// it;
/// Escape closes it, if it may be closed; afterwards the keyboard is where it was. On JavaFX's thread.
public final class Sheets {

    /// A sheet.
    public interface Sheet {

        Region view();

        /// Gives the keyboard to what is to be filled in first.
        void focus();

        /// Whether Escape and a click beside it close it now; if not, it deals with the wish itself.
        default boolean closable() {
            return true;
        }

        /// It was closed, by whatever.
        default void closed() {}
    }

    private static final Insets MARGIN = new Insets(24);

    private final ModalPane pane = new ModalPane();
    private final Deque<Sheet> open = new ArrayDeque<>();
    private @Nullable Node before;

    public Sheets() {
        pane.setId("sheets");
        pane.setPersistent(true);
        // What moves is in the way of who is in a hurry, and of pictures in tests.
        pane.setInTransitionFactory(null);
        pane.setOutTransitionFactory(null);
        pane.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                wishToClose();
            }
        });
        pane.sceneProperty().subscribe(scene -> {
            if (scene != null) {
                scene.focusOwnerProperty().subscribe(owner -> keepFocus(owner));
            }
        });
    }

    /// Goes on top of everything else.
    public Node view() {
        return pane;
    }

    public boolean isOpen() {
        return !open.isEmpty();
    }

    public void show(Sheet sheet) {
        Fx.checkThread();
        if (open.isEmpty() && pane.getScene() != null) {
            before = pane.getScene().getFocusOwner();
        }
        open.push(sheet);
        display(sheet);
    }

    /// Tells of an error of the console itself.
    public void tellUnexpected(Throwable error) {
        show(MessageSheet.unexpected(this, error));
    }

    /// Closes it, wherever it lies.
    public void close(Sheet sheet) {
        Fx.checkThread();
        boolean front = sheet.equals(open.peek());
        if (!open.remove(sheet)) {
            return;
        }
        if (front) {
            Sheet next = open.peek();
            if (next != null) {
                display(next);
            } else {
                pane.hide(true);
                if (before != null && before.getScene() != null) {
                    before.requestFocus();
                }
                before = null;
            }
        }
        sheet.closed();
    }

    /// The operator wants to be rid of the one in front.
    void wishToClose() {
        Sheet front = open.peek();
        if (front != null && front.closable()) {
            close(front);
        }
    }

    private void display(Sheet sheet) {
        Region view = sheet.view();
        if (!view.getStyleClass().contains("sheet")) {
            view.getStyleClass().add("sheet");
        }
        view.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        // As high as it wants to be, or as the window is.
        VBox holder = new VBox(view);
        holder.setAlignment(Pos.CENTER);
        holder.setFillWidth(false);
        holder.setPadding(MARGIN);
        holder.setPickOnBounds(false);
        pane.show(holder);
        // Only what is laid out takes the focus.
        Platform.runLater(() -> {
            if (sheet.equals(open.peek())) {
                sheet.focus();
            }
        });
    }

    private void keepFocus(@Nullable Node owner) {
        Sheet front = open.peek();
        if (front == null || owner == null || isWithin(owner, front.view())) {
            return;
        }
        Platform.runLater(() -> {
            Node now = pane.getScene() == null ? null : pane.getScene().getFocusOwner();
            if (front.equals(open.peek()) && now != null && !isWithin(now, front.view())) {
                front.focus();
            }
        });
    }

    private static boolean isWithin(Node node, Parent parent) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.equals(parent)) {
                return true;
            }
        }
        return false;
    }

    /// Around what may be longer than the window.
    static ScrollPane scrolling(Node content) {
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        return scroll;
    }
}
