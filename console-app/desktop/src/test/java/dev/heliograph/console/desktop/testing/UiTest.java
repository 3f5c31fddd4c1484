package dev.heliograph.console.desktop.testing;

import dev.heliograph.console.desktop.theme.Theme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// A test that shows something in a stage and operates it like an operator: with mouse and keyboard.
///
/// Whatever is looked for is waited for. When a test fails, `target/failed/CLASS-METHOD.png` is a picture of what was
/// shown. The methods are for the thread of the test.
@ExtendWith(UiTest.PictureOfFailure.class)
public abstract class UiTest {

    /// The headless toolkit has a screen of 1000 by 1000.
    protected static final int WIDTH = 1000;

    protected static final int HEIGHT = 800;

    /// So long that a busy machine gets there.
    protected static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FxRobot robot = new FxRobot();
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();

    /// Shows it in a stage of 1000 by 800, light.
    protected final void show(Supplier<? extends Parent> made) {
        show(made, WIDTH, HEIGHT);
    }

    /// Shows it in a stage of this size, light.
    ///
    /// @param made makes it, on JavaFX's thread
    protected final void show(Supplier<? extends Parent> made, int width, int height) {
        runOnFx(() -> {
            StackPane root = new StackPane(made.get());
            show(new Scene(root, width, height));
        });
    }

    /// Shows a scene that has its stylesheet or gets the console's.
    protected final void show(Scene scene) {
        runOnFx(() -> {
            Toolkit.theme().choose(Theme.Choice.LIGHT);
            if (scene.getStylesheets().isEmpty()) {
                Toolkit.theme().style(scene);
            }
            Stage stage = stage();
            stage.setScene(scene);
            stage.setX(0);
            stage.setY(0);
            stage.sizeToScene();
            stage.show();
            stage.toFront();
            stage.requestFocus();
        });
        settle();
    }

    protected final Stage stage() {
        return Toolkit.stage();
    }

    protected final FxRobot robot() {
        return robot;
    }

    /// Is closed after the test, the last one first, on JavaFX's thread.
    protected final <T extends AutoCloseable> T closeLater(T closeable) {
        closing.push(closeable);
        return closeable;
    }

    protected final <T> T onFx(Callable<T> work) {
        return Toolkit.onFx(work);
    }

    protected final void runOnFx(Runnable work) {
        Toolkit.runOnFx(work);
    }

    /// Waits until what was asked of the toolkit has been done and drawn.
    protected final void settle() {
        robot.interact(() -> {});
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Waits for it; asked on JavaFX's thread.
    protected final void await(String what, Callable<Boolean> condition) {
        if (Platform.isFxApplicationThread()) {
            throw new IllegalStateException("JavaFX's thread cannot wait for itself");
        }
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> onFx(condition));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("in vain: " + what + "; shown is " + texts(), e);
        }
    }

    /// The visible node with this id; waits for it.
    protected final Node find(String id) {
        return find(Node.class, "#" + id, node -> id.equals(node.getId()));
    }

    protected final <T extends Node> T find(String id, Class<T> type) {
        return type.cast(find(type, "#" + id, node -> id.equals(node.getId())));
    }

    /// The visible labelled node (button, label, menu, cell) with this text; waits for it.
    protected final Node findText(String text) {
        return find(
                Node.class, "\"" + text + "\"", node -> text.equals(textOf(node).orElse(null)));
    }

    protected final boolean isShown(String id) {
        return onFx(() -> first(node -> id.equals(node.getId())).isPresent());
    }

    protected final boolean isTextShown(String text) {
        return onFx(() -> first(node -> textOf(node).orElse("").contains(text)).isPresent());
    }

    /// Waits until something visible contains this text.
    protected final void awaitText(String text) {
        await("text \"" + text + "\"", () -> isTextShown(text));
    }

    protected final void awaitNoText(String text) {
        await("no text \"" + text + "\"", () -> !isTextShown(text));
    }

    /// All that can be read, from top to bottom as the scene has it.
    protected final List<String> texts() {
        return onFx(() -> {
            List<String> all = new ArrayList<>();
            nodes(node -> {
                textOf(node).filter(text -> !text.isBlank()).ifPresent(all::add);
                return false;
            });
            return all;
        });
    }

    protected final void click(String id) {
        click(find(id));
    }

    protected final void clickText(String text) {
        click(findText(text));
    }

    /// Clicks on it where it is once it can be clicked on: it is enabled, and the layout of the scene leaves it where
    /// it is. What was just shown, or was just given another text, has its place only after the next pulse, and a
    /// busy machine has that late.
    protected final void click(Node node) {
        await("an enabled " + node, () -> node.getScene() != null && !node.isDisabled());
        await("a place of " + node, () -> {
            Bounds bounds = node.localToScreen(node.getBoundsInLocal());
            return bounds != null && bounds.getWidth() > 0 && isLaidOut(node);
        });
        robot.clickOn(node);
        settle();
    }

    private static boolean isLaidOut(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof Parent parent && parent.isNeedsLayout()) {
                return false;
            }
        }
        return true;
    }

    /// Types text into what has the focus.
    protected final void write(String text) {
        awaitEars();
        robot.write(text, 0);
        settle();
    }

    /// Replaces what is in the field with this id.
    protected final void write(String id, String text) {
        TextInputControl field = find(id, TextInputControl.class);
        runOnFx(() -> {
            field.requestFocus();
            field.selectAll();
        });
        if (text.isEmpty()) {
            press(KeyCode.DELETE);
        } else {
            write(text);
        }
    }

    /// Presses the keys together and lets them go: `press(CONTROL, K)`.
    protected final void press(KeyCode... keys) {
        awaitEars();
        robot.push(keys);
        settle();
    }

    /// A control hears no key before its skin is made, which is in the first pulse after it came into the scene; it may
    /// have the focus earlier, and a busy machine has that pulse late.
    private void awaitEars() {
        await(
                "a skin of what has the keyboard",
                () -> !(stage().getScene().getFocusOwner() instanceof Control control) || control.getSkin() != null);
    }

    /// The node with the focus.
    protected final Optional<Node> focused() {
        return onFx(() -> Optional.ofNullable(stage().getScene().getFocusOwner()));
    }

    @AfterEach
    final void tidyUp() {
        runOnFx(() -> {
            List<Exception> failed = new ArrayList<>();
            while (!closing.isEmpty()) {
                try {
                    closing.pop().close();
                } catch (Exception e) {
                    failed.add(e);
                }
            }
            stage().hide();
            stage().setScene(new Scene(new StackPane()));
            Toolkit.theme().choose(Theme.Choice.LIGHT);
            // TestFX keeps each event of a stage, with the scene that it went to, until it is given the stage again.
            FxToolkit.toolkitContext().setRegisteredStage(stage());
            if (!failed.isEmpty()) {
                throw new IllegalStateException(failed.getFirst());
            }
        });
        // A key that a failed test holds down would be held in the next one, too.
        robot.release(new KeyCode[0]);
        robot.release(new MouseButton[0]);
    }

    private <T extends Node> T find(Class<T> type, String what, Predicate<Node> matches) {
        await(
                what,
                () -> first(node -> type.isInstance(node) && matches.test(node)).isPresent());
        return onFx(() -> type.cast(
                first(node -> type.isInstance(node) && matches.test(node)).orElseThrow()));
    }

    private static Optional<Node> first(Predicate<Node> matches) {
        return Optional.ofNullable(nodes(matches));
    }

    /// The first visible node of all windows that matches; those in front first.
    private static @Nullable Node nodes(Predicate<Node> matches) {
        List<Window> windows = new ArrayList<>(Window.getWindows());
        for (Window window : windows.reversed()) {
            if (window.isShowing() && window.getScene() != null) {
                Node found = walk(window.getScene().getRoot(), matches);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable Node walk(Node node, Predicate<Node> matches) {
        if (!node.isVisible() || node.getOpacity() == 0) {
            return null;
        }
        if (matches.test(node)) {
            return node;
        }
        // The text of a field is that of the field, not that of its parts.
        if (node instanceof Parent parent && !(node instanceof TextInputControl)) {
            for (Node child : parent.getChildrenUnmodifiable()) {
                Node found = walk(child, matches);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static Optional<String> textOf(Node node) {
        return switch (node) {
            case Labeled labeled -> Optional.ofNullable(labeled.getText());
            case TextInputControl input -> Optional.ofNullable(input.getText());
            case Text text when !(text.getParent() instanceof Labeled) -> Optional.ofNullable(text.getText());
            default -> Optional.empty();
        };
    }

    /// Where it is on the screen, for the robot.
    protected final Bounds onScreen(Node node) {
        return onFx(() -> node.localToScreen(node.getBoundsInLocal()));
    }

    static final class PictureOfFailure implements AfterTestExecutionCallback {

        @Override
        public void afterTestExecution(ExtensionContext context) {
            if (context.getExecutionException().isEmpty()) {
                return;
            }
            String name = context.getRequiredTestClass().getSimpleName() + "-"
                    + context.getRequiredTestMethod().getName();
            Toolkit.runOnFx(() -> {
                Scene scene = Toolkit.stage().getScene();
                if (scene != null && scene.getWidth() > 0) {
                    Png.write(scene.snapshot(null), Path.of("target/failed", name + ".png"));
                }
            });
        }
    }
}
