package dev.heliograph.console.desktop.runbooks;

import dev.heliograph.console.api.Change;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.Rows;
import dev.heliograph.console.desktop.testing.StubApi;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.runbooks.RunbookTools;
import dev.heliograph.console.runbooks.RunbooksModel;
import dev.heliograph.console.wire.ConnectionList;
import dev.heliograph.console.wire.GroupList;
import dev.heliograph.console.wire.GroupRow;
import dev.heliograph.console.wire.IpRuleChange;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleList;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.wire.NodeList;
import dev.heliograph.console.wire.PreviewView;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.run.TranscriptStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// A cluster with a flood from 203.0.113.0/24: so many connections as the test says. While the network is banned
/// there are none, unless they stay.
final class FloodStub {

    static final Path RUNBOOKS = Path.of("../../runbooks");
    static final String NETWORK = "203.0.113.0/24";

    /// How many connections the network has while it is not banned.
    final AtomicLong flood = new AtomicLong(312);

    /// Whether they are still there while the network is banned.
    final AtomicBoolean staying = new AtomicBoolean();

    private final AtomicBoolean banned = new AtomicBoolean();

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
        api.answer("nodes", _ -> new NodeList(Rows.nodes()))
                .answer(
                        "connections",
                        arguments -> new ConnectionList(
                                List.of(),
                                arguments.getFirst().toString().contains(NETWORK) ? flooding() : 9_688,
                                null,
                                List.of()))
                .answer("groups", _ -> groups());
        api.answer("putIpRule", arguments -> change((Change) arguments.get(1), true))
                .answer("deleteIpRule", arguments -> change((Change) arguments.get(1), false))
                .answer("ipRules", _ -> new IpRuleList(rules(), false));
        store = new TranscriptStore(state);
        model = new RunbooksModel(
                workspace,
                () -> Optional.of(runbooks),
                RunbookTools.context(workspace, store, Optional.empty(), Optional.empty(), Optional.empty()));
        model.readShelf();
    }

    private GroupList groups() {
        List<GroupRow> rows = new ArrayList<>();
        if (flooding() > 0) {
            rows.add(new GroupRow(NETWORK, flooding(), 0, 1_204.5, 3.2, 0, 0));
        }
        rows.add(new GroupRow("198.51.100.0/24", 31, 0, 4.1, 62.0, 0, 0));
        rows.add(new GroupRow("192.0.2.0/24", 28, 0, 3.9, 60.4, 0, 0));
        rows.add(new GroupRow("2001:db8:17::/64", 12, 0, 1.0, 22.5, 0, 0));
        return new GroupList(rows, 411, new GroupRow("", 0, 0, 0, 0, 0, 0), 10_000, true, List.of());
    }

    private List<IpRuleRow> rules() {
        long now = workspace.clock().millis();
        return banned.get()
                ? List.of(new IpRuleRow(NETWORK, IpRuleKind.BAN, "incident 7", "ann", now, null, 0, null))
                : List.of();
    }

    private long flooding() {
        return banned.get() && !staying.get() ? 0 : flood.get();
    }

    private IpRuleChange change(Change how, boolean ban) {
        if (!how.dryRun()) {
            banned.set(ban);
        }
        return new IpRuleChange(NETWORK, null, null, new PreviewView(312, 312, List.of()), how.dryRun());
    }

    /// Has the runbook open, filled in as from an alert.
    void begin() throws ExecutionException, InterruptedException {
        begin(Map.of("alertname", "HeliographHandshakeFlood", "network", NETWORK));
    }

    /// @param labels of the alert
    void begin(Map<String, String> labels) throws ExecutionException, InterruptedException {
        Runbook runbook = model.state()
                .get()
                .shelf()
                .data()
                .orElseThrow()
                .runbook("connection-flood")
                .orElseThrow();
        model.begin(runbook, labels).get();
        model.refresh();
    }
}
