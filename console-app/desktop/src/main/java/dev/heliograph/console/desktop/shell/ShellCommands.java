package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.theme.Theme;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/// What can be done wherever one is in a cluster. On JavaFX's thread.
final class ShellCommands {

    private final Workspace workspace;
    private final Layers layers;
    private final PageStack pages;
    private final ActionRegistry actions;
    private final Theme theme;

    ShellCommands(Workspace workspace, Layers layers, PageStack pages, ActionRegistry actions, Theme theme) {
        this.workspace = workspace;
        this.layers = layers;
        this.pages = pages;
        this.actions = actions;
        this.theme = theme;
    }

    /// Makes them known to palette and keyboard.
    void register() {
        List<PageEntry> entries = pages.entries();
        for (int i = 0; i < entries.size(); i++) {
            PageEntry entry = entries.get(i);
            String title = text("shell.open", entry.title());
            Runnable open = () -> pages.open(entry.id());
            actions.add(Sidebar.pageKey(i)
                    .map(key -> Action.of("open." + entry.id(), title, key, open))
                    .orElseGet(() -> Action.withoutKey("open." + entry.id(), title, open)));
        }
        actions.add(Action.of("shell.palette", text("shell.palette.title"), "Ctrl+K", this::openPalette));
        actions.add(Action.of("shell.keys", text("shell.keys.open"), "?", this::openKeys));
        actions.add(Action.of("shell.arm", text("shell.arm.action"), "Ctrl+E", this::armOrDisarm));
        actions.add(Action.of("shell.journal", text("shell.journal.open"), "Ctrl+J", this::openJournal));
        actions.add(Action.of("shell.undo", text("shell.undo.action"), "Ctrl+Z", this::undo));
        actions.add(Action.of("shell.focus", text("shell.focus"), "/", pages::search));
        actions.add(Action.of("shell.theme", text("shell.theme"), "Ctrl+T", this::switchTheme));
    }

    void openPalette() {
        List<Action> possible = actions.all().stream()
                .filter(action -> action.enabled().getAsBoolean())
                .filter(action -> !action.id().equals("shell.palette"))
                .toList();
        layers.sheets().show(new PaletteSheet(layers.sheets(), possible));
    }

    void openKeys() {
        layers.sheets()
                .show(new KeysSheet(layers.sheets(), pages.current().title(), actions.page(), actions.everywhere()));
    }

    void openJournal() {
        layers.sheets().show(new JournalSheet(layers.sheets(), workspace, layers.commander()));
    }

    private void undo() {
        if (!layers.toasts().undoNewest()) {
            openJournal();
        }
    }

    void armOrDisarm() {
        if (workspace.gate().isArmed()) {
            workspace.gate().disarm();
        } else {
            layers.commander().offerToArm(Optional.empty(), () -> {});
        }
    }

    void switchTheme() {
        theme.choose(theme.isDark() ? Theme.Choice.LIGHT : Theme.Choice.DARK);
    }
}
