package dev.heliograph.console.desktop.runbooks;

import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.Rows;
import dev.heliograph.console.desktop.testing.StubApi;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.runbooks.RunbookTools;
import dev.heliograph.console.runbooks.RunbooksModel;
import dev.heliograph.console.wire.ConnectionList;
import dev.heliograph.console.wire.GroupList;
import dev.heliograph.console.wire.GroupRow;
import dev.heliograph.console.wire.NodeList;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.runbook.run.TranscriptStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// A cluster with a flood from 203.0.113.0/24 that answers always the same.
final class FloodStub {

    static final Path RUNBOOKS = Path.of("../../runbooks");
    static final String NETWORK = "203.0.113.0/24";

    final StubApi api = new StubApi();
    final Workspace workspace = Fakes.workspace(api.api(), Toolkit.CLOCK);
    final TranscriptStore store;
    final RunbooksModel model;

    /// A folder that has the runbook of the flood, and no other one.
    static Path shelf(Path folder) {
        try {
            Path shelf = Files.createDirectories(folder.resolve("shelf"));
            Files.copy(
                    RUNBOOKS.resolve("connection-flood.md"),
                    shelf.resolve("connection-flood.md"),
                    StandardCopyOption.REPLACE_EXISTING);
            return shelf;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FloodStub(Path state, Path runbooks) {
        GroupRow rest = new GroupRow("", 0, 0, 0, 0, 0, 0);
        api.answer("nodes", _ -> new NodeList(Rows.nodes()))
                .answer(
                        "connections",
                        arguments -> new ConnectionList(
                                List.of(),
                                arguments.getFirst().toString().contains(NETWORK) ? 312 : 9_688,
                                null,
                                List.of()))
                .answer(
                        "groups",
                        _ -> new GroupList(
                                List.of(
                                        new GroupRow(NETWORK, 312, 0, 1_204.5, 3.2, 0, 0),
                                        new GroupRow("198.51.100.0/24", 31, 0, 4.1, 62.0, 0, 0),
                                        new GroupRow("192.0.2.0/24", 28, 0, 3.9, 60.4, 0, 0),
                                        new GroupRow("2001:db8:17::/64", 12, 0, 1.0, 22.5, 0, 0)),
                                411,
                                rest,
                                10_000,
                                true,
                                List.of()));
        store = new TranscriptStore(state);
        model = new RunbooksModel(
                workspace,
                () -> Optional.of(runbooks),
                RunbookTools.context(workspace, store, Optional.empty(), Optional.empty()));
        model.readShelf();
    }

    /// Has the runbook open, filled in as from an alert.
    void begin() throws ExecutionException, InterruptedException {
        model.begin(
                        model.state()
                                .get()
                                .shelf()
                                .data()
                                .orElseThrow()
                                .runbook("connection-flood")
                                .orElseThrow(),
                        Map.of("alertname", "HeliographHandshakeFlood", "network", NETWORK))
                .get();
        model.refresh();
    }
}
