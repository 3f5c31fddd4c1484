package dev.heliograph.console.desktop.shell;

import dev.heliograph.console.workspace.Workspace;

/// What lies over the pages of a cluster, and who uses it.
public record Layers(Sheets sheets, Toasts toasts, SheetCommander commander) {

    public static Layers of(Workspace workspace) {
        Sheets sheets = new Sheets();
        Toasts toasts = new Toasts(workspace.clock());
        return new Layers(sheets, toasts, new SheetCommander(workspace, sheets, toasts));
    }
}
