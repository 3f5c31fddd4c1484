package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.connect.ConnectState.Keeping;
import dev.heliograph.console.desktop.theme.Theme;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.Page;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.css.PseudoClass;
import javafx.event.EventHandler;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// One cluster in a window: navigation, top bar, the page in sight, and what lies over it. On JavaFX's thread.
///
/// A page is made when it is opened first and lives until the shell is closed; only the one in sight is `shown`, and
/// only while the shell itself is.
public final class AppShell extends StackPane implements AutoCloseable {

    /// What the shell asks of the application around it.
    ///
    /// @param clusters shows the other clusters, and the way to more
    /// @param signIn   asks for another token
    public record Outside(Runnable clusters, Runnable signIn) {}

    /// Takes a token that was typed.
    @FunctionalInterface
    public interface TokenTaker {

        /// It was typed, and is to be used.
        ///
        /// @param remember whether the operator wants it to be kept in the keyring
        void take(String token, boolean remember);
    }

    private static final PseudoClass PRODUCTION = PseudoClass.getPseudoClass("production");

    private final Workspace workspace;
    private final Layers layers;
    private final ActionRegistry actions = new ActionRegistry();
    private final PageStack pages;
    private final BorderPane frame = new BorderPane();
    private final Sidebar sidebar;
    private final TopBar top;
    private final LinkBanner banner;
    private final List<Watch> watches = new ArrayList<>();
    private final Timeline seconds = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), _ -> tick()));

    /// @param entries at least one; the first one is opened
    public AppShell(
            Workspace workspace,
            ClusterLook look,
            Layers layers,
            List<PageEntry> entries,
            Theme theme,
            Outside outside) {
        Fx.checkThread();
        this.workspace = workspace;
        this.layers = layers;
        this.pages = new PageStack(entries, this::display);
        ShellCommands commands = new ShellCommands(workspace, layers, pages, actions, theme);
        getStyleClass().add("app-shell");
        pseudoClassStateChanged(PRODUCTION, look.production());
        if (look.production()) {
            setStyle("-fx-border-color: " + look.colour());
        }
        sidebar = new Sidebar(entries, this::open);
        top = new TopBar(
                look,
                new TopBar.Ways(
                        outside.clusters(),
                        commands::openPalette,
                        commands::armOrDisarm,
                        commands::openJournal,
                        commands::switchTheme,
                        commands::openKeys));
        banner = new LinkBanner(workspace.clock(), outside.signIn());
        frame.setTop(new VBox(top, banner));
        frame.setLeft(sidebar);
        StackPane.setAlignment(layers.toasts().view(), Pos.BOTTOM_RIGHT);
        StackPane.setMargin(layers.toasts().view(), new Insets(16));
        getChildren().addAll(frame, layers.toasts().view(), layers.sheets().view());
        commands.register();
        listenToKeys();
        watches.add(Fx.show(workspace.link(), state -> {
            top.show(state);
            banner.show(state);
        }));
        watches.add(Fx.show(workspace.gate().armedUntil(), _ -> showArmed()));
        seconds.setCycleCount(Animation.INDEFINITE);
        open(entries.getFirst().id());
    }

    public ActionRegistry actions() {
        return actions;
    }

    public Layers layers() {
        return layers;
    }

    /// The id of the page in sight.
    public String current() {
        return pages.current().id();
    }

    /// The ids of all pages, in their order.
    public List<String> pages() {
        return pages.entries().stream().map(PageEntry::id).toList();
    }

    /// The page of this id; made now, if it was not yet.
    ///
    /// @throws java.util.NoSuchElementException if there is none of this id
    public Page page(String id) {
        return pages.page(id);
    }

    /// Brings a page into sight.
    ///
    /// @throws java.util.NoSuchElementException if there is none of this id
    public void open(String id) {
        pages.open(id);
    }

    private void display(PageEntry entry, Page page) {
        frame.setCenter(page.view());
        sidebar.mark(entry.id());
        actions.setPage(page.actions());
    }

    /// The window shows this cluster.
    public void shown() {
        layers.toasts().resume();
        seconds.play();
        tick();
        pages.shown(() -> !layers.sheets().isOpen());
    }

    /// The window shows another one.
    public void hidden() {
        seconds.stop();
        pages.hidden();
    }

    @Override
    public void close() {
        seconds.stop();
        watches.forEach(Watch::close);
        pages.close();
    }

    /// Offers a choice of what can be done, as the palette does.
    public void choose(List<Action> possible) {
        layers.sheets().show(new PaletteSheet(layers.sheets(), possible));
    }

    /// Asks for another token, if that is not being done already.
    ///
    /// @param keeping where tokens are kept, if that is known
    public void askForToken(Optional<Keeping> keeping, TokenTaker given) {
        if (layers.sheets().isOpen()) {
            return;
        }
        Optional<String> why = workspace.link().get() instanceof LinkState.SignedOut(var cause)
                ? Optional.of(cause.sentence())
                : Optional.empty();
        layers.sheets().show(new TokenSheet(layers.sheets(), workspace.cluster(), why, keeping, given));
    }

    /// Tells of an error of the console itself; without taking away the sheet that the operator is at.
    public void tellUnexpected(Throwable error) {
        if (layers.sheets().isOpen()) {
            layers.toasts().warn(text("shell.error.unexpected", error.toString()));
        } else {
            layers.sheets().tellUnexpected(error);
        }
    }

    /// Where nothing has the keyboard, keys go to the scene.
    private void listenToKeys() {
        EventHandler<KeyEvent> keys = this::press;
        sceneProperty().subscribe((before, now) -> {
            if (before != null) {
                before.removeEventHandler(KeyEvent.ANY, keys);
            }
            if (now != null) {
                now.addEventHandler(KeyEvent.ANY, keys);
            }
        });
    }

    private void press(KeyEvent event) {
        if (!layers.sheets().isOpen()) {
            actions.press(event);
        } else if (event.getEventType() == KeyEvent.KEY_PRESSED && event.getCode() == KeyCode.ESCAPE) {
            event.consume();
            layers.sheets().wishToClose();
        }
    }

    private void tick() {
        workspace.gate().expire();
        banner.tick();
        layers.toasts().tick();
        showArmed();
    }

    private void showArmed() {
        top.showArmed(workspace
                .gate()
                .armedUntil()
                .get()
                .map(until -> Duration.between(workspace.clock().instant(), until)));
    }
}
