package dev.heliograph.console.desktop.app;

import dev.heliograph.console.desktop.shell.AppShell;
import dev.heliograph.console.workspace.ClusterLink;

/// A cluster that the window is connected to.
record OpenCluster(String name, ClusterLink link, ClusterPages pages, AppShell shell) implements AutoCloseable {

    @Override
    public void close() {
        shell.close();
        pages.close();
        link.close();
    }
}
