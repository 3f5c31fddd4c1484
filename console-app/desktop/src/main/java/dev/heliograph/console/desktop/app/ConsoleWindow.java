package dev.heliograph.console.desktop.app;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.shell.AppShell;
import dev.heliograph.console.desktop.shell.Sheets;
import dev.heliograph.console.desktop.theme.Theme;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// The window: the page where clusters are chosen, or one of the clusters that are open. On JavaFX's thread.
final class ConsoleWindow {

    private static final KeyCombination NEXT = KeyCombination.valueOf("Ctrl+Tab");

    private final Stage stage;
    private final Theme theme;
    private final Page start;
    private final OpenClusters ways = new OpenClusters(this::showIfOpen);
    private final BorderPane startFrame = new BorderPane();
    private final Sheets startSheets = new Sheets();
    private final StackPane root = new StackPane();
    private final List<OpenCluster> open = new ArrayList<>();
    private Optional<OpenCluster> current = Optional.empty();
    private Rectangle2D bounds;

    /// @param start where clusters are chosen
    ConsoleWindow(Stage stage, Theme theme, WindowState state, Page start) {
        this.stage = stage;
        this.theme = theme;
        this.start = start;
        this.bounds = state.bounds();
        startFrame.setTop(ways);
        startFrame.setCenter(start.view());
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
        Scene scene = new Scene(root);
        theme.choose(state.theme());
        theme.style(scene);
        stage.setScene(scene);
        stage.getIcons()
                .add(new Image(Objects.requireNonNull(ConsoleWindow.class.getResource("icon.png"))
                        .toExternalForm()));
        stage.setX(bounds.getMinX());
        stage.setY(bounds.getMinY());
        stage.setWidth(bounds.getWidth());
        stage.setHeight(bounds.getHeight());
        stage.setMaximized(state.maximized());
        stage.xProperty().subscribe(this::remember);
        stage.yProperty().subscribe(this::remember);
        stage.widthProperty().subscribe(this::remember);
        stage.heightProperty().subscribe(this::remember);
    }

    void show() {
        if (root.getChildren().isEmpty()) {
            showStart();
        }
        stage.show();
    }

    /// As it is now.
    WindowState state() {
        return new WindowState(bounds, stage.isMaximized(), theme.choice());
    }

    /// The shell in sight.
    Optional<AppShell> shell() {
        return current.map(OpenCluster::shell);
    }

    List<OpenCluster> clusters() {
        return List.copyOf(open);
    }

    /// Shows a cluster that was just connected.
    void add(OpenCluster cluster) {
        Fx.checkThread();
        open.add(cluster);
        cluster.shell().actions().add(Action.of("window.connect", text("window.connect"), "Ctrl+O", this::showStart));
        cluster.shell()
                .actions()
                .add(Action.of("window.next", text("window.next"), "Ctrl+Tab", this::showNext)
                        .when(() -> open.size() > 1));
        cluster.shell().actions().add(Action.of("window.leave", text("window.leave"), "Ctrl+W", () -> leave(cluster)));
        cluster.shell().actions().add(Action.of("window.quit", text("window.quit"), "Ctrl+Q", this::quit));
        show(cluster);
    }

    /// Whether a cluster of this name is open; then it is shown.
    boolean showIfOpen(String name) {
        Optional<OpenCluster> there =
                open.stream().filter(c -> c.name().equals(name)).findFirst();
        there.ifPresent(this::show);
        return there.isPresent();
    }

    /// The ways to other clusters, for the palette.
    void chooseCluster() {
        List<Action> ways = new ArrayList<>();
        for (OpenCluster cluster : open) {
            if (current.filter(cluster::equals).isEmpty()) {
                ways.add(Action.withoutKey(
                        "window.to." + cluster.name(), text("window.to", cluster.name()), () -> show(cluster)));
            }
        }
        ways.add(Action.of("window.connect", text("window.connect"), "Ctrl+O", this::showStart));
        current.ifPresent(c -> {
            ways.add(Action.of("window.leave", text("window.leave"), "Ctrl+W", () -> leave(c)));
            c.shell().choose(ways);
        });
    }

    /// Tells of an error of the console itself.
    void tellUnexpected(Throwable error) {
        current.map(OpenCluster::shell)
                .ifPresentOrElse(shell -> shell.tellUnexpected(error), () -> startSheets.tellUnexpected(error));
    }

    void closeAll() {
        hideCurrent();
        open.forEach(OpenCluster::close);
        open.clear();
        start.close();
    }

    private void showStart() {
        hideCurrent();
        ways.show(open.stream().map(OpenCluster::name).toList());
        root.getChildren().setAll(startFrame, startSheets.view());
        stage.setTitle(text("window.title"));
        start.shown();
        start.focus();
    }

    private void showNext() {
        int at = current.map(open::indexOf).orElse(-1);
        show(open.get((at + 1) % open.size()));
    }

    /// From everywhere but a sheet: a field for text would take the key for the way to the next field.
    private void press(KeyEvent event) {
        Sheets sheets = shell().map(shell -> shell.layers().sheets()).orElse(startSheets);
        if (NEXT.match(event) && !sheets.isOpen() && open.size() > (current.isPresent() ? 1 : 0)) {
            event.consume();
            showNext();
        }
    }

    private void show(OpenCluster cluster) {
        hideCurrent();
        current = Optional.of(cluster);
        root.getChildren().setAll(cluster.shell());
        stage.setTitle(text("window.title.cluster", cluster.name()));
        cluster.shell().shown();
    }

    private void leave(OpenCluster cluster) {
        hideCurrent();
        open.remove(cluster);
        cluster.close();
        if (open.isEmpty()) {
            showStart();
        } else {
            show(open.getLast());
        }
    }

    private void hideCurrent() {
        if (current.isPresent()) {
            current.get().shell().hidden();
        } else if (!root.getChildren().isEmpty()) {
            start.hidden();
        }
        current = Optional.empty();
    }

    private void quit() {
        stage.close();
    }

    private void remember() {
        if (!stage.isMaximized() && !stage.isIconified() && !Double.isNaN(stage.getX())) {
            bounds = new Rectangle2D(
                    stage.getX(), stage.getY(), Math.max(1, stage.getWidth()), Math.max(1, stage.getHeight()));
        }
    }
}
