package dev.heliograph.console.desktop.shell;

import dev.heliograph.console.action.Blast;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Parameter;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Page;
import dev.heliograph.console.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.geometry.Insets;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// A shell with pages that note what becomes of them.
final class ShellFixture {

    final Workspace workspace;
    final List<String> happened = new CopyOnWriteArrayList<>();
    final AppShell shell;

    ShellFixture(Workspace workspace, ClusterLook look) {
        this.workspace = workspace;
        List<PageEntry> entries = new ArrayList<>();
        entries.add(entry("overview", "Overview", Feather.ACTIVITY));
        entries.add(entry("connections", "Connections", Feather.USERS));
        entries.add(entry("bans", "Bans", Feather.SLASH));
        shell = new AppShell(
                workspace,
                look,
                Layers.of(workspace),
                entries,
                Toolkit.theme(),
                new AppShell.Outside(() -> happened.add("clusters"), () -> happened.add("sign in")));
    }

    static ShellFixture staging() {
        return new ShellFixture(Fakes.workspace(), ClusterLook.of("demo", "staging"));
    }

    PageEntry entry(String id, String title, Ikon icon) {
        return new PageEntry(id, title, icon, () -> new Noting(id, title));
    }

    /// A ban of 312 connections of 10,000 that notes its reason.
    Proposal ban(Risk risk) {
        return new Proposal(
                "ip_rule.put",
                "Ban 203.0.113.0/24",
                risk,
                Role.OPERATOR,
                List.of(new Parameter("Network", "203.0.113.0/24"), new Parameter("Ends", "in 1 h, at 10:26")),
                Optional.of(new Blast(312, 10_000, "connections")),
                List.of("relay-2 could not be asked: its connections are not counted."),
                reason -> {
                    happened.add("ban " + reason);
                    return new Outcome(
                            "Banned 203.0.113.0/24; 312 connections ended.",
                            Optional.of(new Proposal.Undo("Lift the ban of 203.0.113.0/24", _ -> {
                                happened.add("lift");
                                return new Outcome("Lifted the ban of 203.0.113.0/24.", Optional.empty());
                            })));
                });
    }

    private final class Noting implements Page {

        private final String id;
        private final TextField field = new TextField();
        private final VBox view;

        Noting(String id, String title) {
            this.id = id;
            field.setId(id + "-field");
            view = new VBox(12, new Label(title + " of the cluster"), field);
            view.setPadding(new Insets(24));
        }

        @Override
        public Parent view() {
            return view;
        }

        @Override
        public void shown() {
            happened.add(id + " shown");
        }

        @Override
        public void hidden() {
            happened.add(id + " hidden");
        }

        @Override
        public void focus() {
            field.requestFocus();
        }

        @Override
        public List<Action> actions() {
            return List.of(Action.of(id + ".new", "New one of " + id, "N", () -> happened.add(id + " new")));
        }
    }
}
