package dev.heliograph.console.desktop.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.RealConsole;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.DrainRow;
import dev.heliograph.console.wire.DrainState;
import dev.heliograph.testkit.JsonClient;
import dev.heliograph.testkit.RelayCluster;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Drains from the page of nodes, with real relays.
final class DrainOnRelaysTest extends UiTest {

    private static final int CLIENTS = 30;

    private static RelayCluster cluster;
    private static final List<JsonClient> CONNECTED = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = RelayCluster.start(2);
        for (int i = 0; i < CLIENTS; i++) {
            CONNECTED.add(cluster.connect(0, "user-" + i));
        }
    }

    @AfterAll
    static void end() {
        CONNECTED.forEach(JsonClient::close);
        cluster.close();
    }

    private RealConsole console() {
        RealConsole console = closeLater(NodesPages.of(cluster));
        show(console::shell);
        runOnFx(console.shell()::shown);
        return console;
    }

    private static DrainRow relayOne(RealConsole console) {
        return console.api().drains().drains().stream()
                .filter(row -> row.node().equals("relay-1"))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitDrain(RealConsole console, DrainState state) {
        Awaitility.await("relay-1 " + state)
                .atMost(PATIENCE)
                .until(() -> relayOne(console).state() == state);
    }

    @Test
    void aDrainIsSeenInTheRelayAndInTheAuditAndIsUndone() {
        RealConsole console = console();
        clickText("relay-1");
        press(KeyCode.D);
        // Slow, so that it still goes on when it is paused.
        write("drain-pace", "0.5");
        press(KeyCode.ENTER);
        awaitText("30 of 30 connections = 100.0 %");
        write("typed-name", "another cluster");
        assertThat(find("do-confirm").isDisabled()).isTrue();
        write("typed-name", RealConsole.CLUSTER);
        write("reason", "kernel update");
        click("do-confirm");
        awaitDrain(console, DrainState.RUNNING);
        AuditRow started = console.audit("drain.start").getFirst();
        assertThat(started.operator()).isEqualTo("ann");
        assertThat(started.target()).contains("relay-1");
        assertThat(started.reason()).isEqualTo("kernel update");
        awaitText("Draining relay-1");
        Awaitility.await("a client is asked to go elsewhere")
                .atMost(PATIENCE)
                .until(() -> CONNECTED.stream().anyMatch(client -> !client.isOpen()));

        click("pause-relay-1");
        awaitDrain(console, DrainState.PAUSED);
        awaitText("paused with");
        click("resume-relay-1");
        awaitDrain(console, DrainState.RUNNING);
        assertThat(console.audit("drain.pause")).isNotEmpty();

        click("cancel-relay-1");
        click("do-confirm");
        awaitDrain(console, DrainState.CANCELLED);
        Awaitility.await("relay-1 takes clients")
                .atMost(PATIENCE)
                .until(() -> console.api().nodes().nodes().stream().noneMatch(node -> node.draining()));
        assertThat(console.audit("drain.cancel").getFirst().operator()).isEqualTo("ann");
        long gone = CONNECTED.stream().filter(client -> !client.isOpen()).count();
        assertThat(gone).isPositive().isLessThan(CLIENTS);
        JsonClient asked = CONNECTED.stream()
                .filter(client -> !client.isOpen())
                .findFirst()
                .orElseThrow();
        assertThat(asked.awaitClosed().code()).isEqualTo(3001);
    }

    @Test
    void theUndoOfADrainHasTheNodeTakeClientsAgain() {
        RealConsole console = console();
        clickText("relay-1");
        click("drain-node");
        write("drain-pace", "0.5");
        click("drain-preview");
        write("typed-name", RealConsole.CLUSTER);
        click("do-confirm");
        awaitDrain(console, DrainState.RUNNING);
        click("undo");
        awaitDrain(console, DrainState.CANCELLED);
        awaitText("a rebalance brings some back");
    }
}
