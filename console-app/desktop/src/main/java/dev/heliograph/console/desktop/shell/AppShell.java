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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Platform;
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
/// A page is made when it is opened first and lives until the shell is closed; only the one in sight is
/// `shown`, and only
/// while the shell itself is.
public final class AppShell extends StackPane implements AutoCloseable {

    /// What the shell asks of the application around it.
    ///
    /// @param clusters shows the other clusters, and the way to more
    /// @param signIn   asks for another token
    public record Outside(Runnable clusters, Runnable signIn) {}

    /// Takes a token that was typed.
    @FunctionalInterface
    public interface TokenTaker {

        /// @param remember whether the operator wants it to be kept in the keyring
        void take(String token, boolean remember);
    }

    private static final PseudoClass PRODUCTION = PseudoClass.getPseudoClass("production");

    private final Workspace workspace;
    private final List<PageEntry> entries;
    private final Theme theme;
    private final Layers layers;
    private final ActionRegistry actions = new ActionRegistry();
    private final Map<String, Page> pages = new HashMap<>();
    private final BorderPane frame = new BorderPane();
    private final Sidebar sidebar;
    private final TopBar top;
    private final LinkBanner banner;
    private final List<Watch> watches = new ArrayList<>();
    private final Timeline seconds = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), _ -> tick()));
    private String current = "";
    private boolean inSight;

    /// What lies over the pages, and who uses it.
    public record Layers(Sheets sheets, Toasts toasts, SheetCommander commander) {

        public static Layers of(Workspace workspace) {
            Sheets sheets = new Sheets();
            Toasts toasts = new Toasts();
            return new Layers(sheets, toasts, new SheetCommander(workspace, sheets, toasts));
        }
    }

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
        this.entries = List.copyOf(entries);
        this.theme = theme;
        getStyleClass().add("app-shell");
        pseudoClassStateChanged(PRODUCTION, look.production());
        if (look.production()) {
            setStyle("-fx-border-color: " + look.colour());
        }
        sidebar = new Sidebar(this.entries, this::open);
        top = new TopBar(
                look,
                new TopBar.Ways(
                        outside.clusters(),
                        this::openPalette,
                        this::armOrDisarm,
                        this::openJournal,
                        this::switchTheme,
                        this::openKeys));
        banner = new LinkBanner(workspace.clock(), outside.signIn());
        frame.setTop(new VBox(top, banner));
        frame.setLeft(sidebar);
        StackPane.setAlignment(layers.toasts().view(), Pos.BOTTOM_RIGHT);
        StackPane.setMargin(layers.toasts().view(), new Insets(16));
        getChildren().addAll(frame, layers.toasts().view(), layers.sheets().view());

        addActions();
        // Where nothing has the keyboard, keys go to the scene.
        EventHandler<KeyEvent> keys = this::press;
        sceneProperty().subscribe((before, now) -> {
            if (before != null) {
                before.removeEventHandler(KeyEvent.ANY, keys);
            }
            if (now != null) {
                now.addEventHandler(KeyEvent.ANY, keys);
            }
        });
        watches.add(Fx.show(workspace.link(), state -> {
            top.show(state);
            banner.show(state);
        }));
        watches.add(Fx.show(workspace.gate().armedUntil(), _ -> tick()));
        seconds.setCycleCount(Animation.INDEFINITE);
        open(this.entries.getFirst().id());
    }

    public ActionRegistry actions() {
        return actions;
    }

    public Layers layers() {
        return layers;
    }

    /// The id of the page in sight.
    public String current() {
        return current;
    }

    /// The ids of all pages, in their order.
    public List<String> pages() {
        return entries.stream().map(PageEntry::id).toList();
    }

    /// The page of this id; made now, if it was not yet.
    public Page page(String id) {
        return pages.computeIfAbsent(id, _ -> entry(id).make().get());
    }

    /// Brings a page into sight.
    ///
    /// @throws java.util.NoSuchElementException if there is none of this id
    public void open(String id) {
        Fx.checkThread();
        if (id.equals(current)) {
            page(id).focus();
            return;
        }
        Page next = page(id);
        if (!current.isEmpty() && inSight) {
            page(current).hidden();
        }
        current = id;
        frame.setCenter(next.view());
        sidebar.mark(id);
        actions.setPage(next.actions());
        if (inSight) {
            next.shown();
            next.focus();
        }
    }

    /// The window shows this cluster.
    public void shown() {
        inSight = true;
        seconds.play();
        tick();
        page(current).shown();
        // Only what is in a scene takes the focus.
        Platform.runLater(() -> {
            if (!layers.sheets().isOpen()) {
                page(current).focus();
            }
        });
    }

    /// The window shows another one.
    public void hidden() {
        inSight = false;
        seconds.stop();
        page(current).hidden();
    }

    @Override
    public void close() {
        seconds.stop();
        watches.forEach(Watch::close);
        pages.values().forEach(Page::close);
    }

    private PageEntry entry(String id) {
        return entries.stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
    }

    private void addActions() {
        for (int i = 0; i < entries.size(); i++) {
            PageEntry entry = entries.get(i);
            String title = text("shell.open", entry.title());
            Runnable open = () -> open(entry.id());
            actions.add(Sidebar.pageKey(i)
                    .map(key -> Action.of("open." + entry.id(), title, key, open))
                    .orElseGet(() -> Action.withoutKey("open." + entry.id(), title, open)));
        }
        actions.add(Action.of("shell.palette", text("shell.palette.title"), "Ctrl+K", this::openPalette));
        actions.add(Action.of("shell.keys", text("shell.keys.open"), "?", this::openKeys));
        actions.add(Action.of("shell.arm", text("shell.arm.action"), "Ctrl+E", this::armOrDisarm));
        actions.add(Action.of("shell.journal", text("shell.journal.open"), "Ctrl+J", this::openJournal));
        actions.add(Action.of("shell.undo", text("shell.undo.action"), "Ctrl+Z", () -> {
            if (!layers.toasts().undoNewest()) {
                openJournal();
            }
        }));
        actions.add(Action.of(
                "shell.focus", text("shell.focus"), "/", () -> page(current).focus()));
        actions.add(Action.of("shell.theme", text("shell.theme"), "Ctrl+T", this::switchTheme));
    }

    private void press(KeyEvent event) {
        if (!layers.sheets().isOpen()) {
            actions.press(event);
        } else if (event.getEventType() == KeyEvent.KEY_PRESSED && event.getCode() == KeyCode.ESCAPE) {
            event.consume();
            layers.sheets().wishToClose();
        }
    }

    private void openPalette() {
        choose(actions.all().stream()
                .filter(action -> action.enabled().getAsBoolean())
                .filter(action -> !action.id().equals("shell.palette"))
                .toList());
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

    /// Tells of an error of the console itself.
    public void tellUnexpected(Throwable error) {
        layers.sheets().show(MessageSheet.unexpected(layers.sheets(), error));
    }

    private void openKeys() {
        layers.sheets()
                .show(new KeysSheet(layers.sheets(), entry(current).title(), actions.page(), actions.everywhere()));
    }

    private void openJournal() {
        layers.sheets().show(new JournalSheet(layers.sheets(), workspace, layers.commander()));
    }

    private void armOrDisarm() {
        if (workspace.gate().isArmed()) {
            workspace.gate().disarm();
        } else {
            layers.commander().offerToArm(Optional.empty(), () -> {});
        }
    }

    private void switchTheme() {
        theme.choose(theme.isDark() ? Theme.Choice.LIGHT : Theme.Choice.DARK);
    }

    private void tick() {
        workspace.gate().expire();
        banner.tick();
        top.showArmed(workspace
                .gate()
                .armedUntil()
                .get()
                .map(until -> Duration.between(workspace.clock().instant(), until)));
    }
}
