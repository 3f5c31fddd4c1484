package dev.heliograph.console.desktop.app;

import static dev.heliograph.console.text.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heliograph.console.api.AdminApi.AuditQuestion;
import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.desktop.shell.AppShell;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.testkit.RelayCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole application against real relays, operated as an operator does: mostly with the keyboard.
class ApplicationTest extends UiTest {

    private static RelayCluster cluster;

    @TempDir
    private Path directory;

    private Wiring wiring;

    @BeforeAll
    static void startRelays() {
        cluster = RelayCluster.start(2);
    }

    @AfterAll
    static void stopRelays() {
        cluster.close();
    }

    @BeforeEach
    void start() {
        wiring = onFx(() -> Consoles.wiring(stage(), directory, Tokens.inMemory()));
        runOnFx(() -> wiring.open(Wiring.Target.of(new Arguments(
                cluster.adminUris(),
                Optional.of(RelayCluster.OPERATOR),
                Optional.of("demo"),
                "production",
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty()))));
        runOnFx(() -> wiring.window().show());
        await("live", () -> isTextShown("(operator)"));
    }

    @AfterEach
    void stop() {
        runOnFx(() -> wiring.close());
    }

    @Test
    void everyPageIsReachedByItsKeyAndShowsTheCluster() {
        List<String> ids = onFx(() -> shell().pages());
        for (int i = 0; i < ids.size(); i++) {
            press(KeyCode.CONTROL, KeyCode.getKeyCode(Integer.toString(i + 1)));
            String id = ids.get(i);
            await(id, () -> shell().current().equals(id));
        }
        press(KeyCode.CONTROL, KeyCode.DIGIT1);
        awaitText("relay");
    }

    /// A letter is a command of the page, unless a field has the keyboard.
    @Test
    void noPageBeginsInAField() {
        List<String> ids = onFx(() -> shell().pages());
        for (int i = ids.size() - 1; i >= 0; i--) {
            press(KeyCode.CONTROL, KeyCode.getKeyCode(Integer.toString(i + 1)));
            String id = ids.get(i);
            await(id, () -> shell().current().equals(id));
            await(id + " has the keyboard", () -> focused().isPresent());
            assertThat(focused().orElseThrow()).as(id).isNotInstanceOf(TextInputControl.class);
        }
        press(KeyCode.CONTROL, KeyCode.DIGIT2);
        await("connections", () -> shell().current().equals("connections"));
        press(KeyCode.G);
        await("the groups have the keyboard", () -> focused().orElseThrow() instanceof TableView);
        press(KeyCode.SLASH);
        await("a field", () -> focused().orElseThrow() instanceof TextInputControl);
    }

    @Test
    void aBanIsFoundInThePaletteMadeConfirmedSeenInTheRelayAndUndone() {
        String network = "198.51.100.0/24";
        press(KeyCode.CONTROL, KeyCode.E);
        click("do-arm");
        awaitText("Armed");

        press(KeyCode.CONTROL, KeyCode.K);
        write("palette-field", "go to bans");
        press(KeyCode.ENTER);
        await("bans", () -> shell().current().equals("bans"));
        press(KeyCode.CONTROL, KeyCode.K);
        write("palette-field", text("bans.new"));
        press(KeyCode.ENTER);
        write("ban-whom", network);
        click("ban-review");
        find("do-confirm");
        write("reason", "handshake flood");
        press(KeyCode.ENTER);
        await("in force", () -> banned().contains(network));

        click("undo");
        await("lifted", () -> !banned().contains(network));
        assertThat(workspace().api().audit(AuditQuestion.newest(20)).entries())
                .filteredOn(row -> row.target().equals(network))
                .extracting(AuditRow::action, AuditRow::operator)
                .containsExactly(tuple("ip_rule.delete", "ann"), tuple("ip_rule.put", "ann"));
    }

    private Workspace workspace() {
        return wiring.window().clusters().getFirst().link().workspace();
    }

    private List<String> banned() {
        return workspace().api().ipRules("", Optional.empty(), 100).rules().stream()
                .map(IpRuleRow::cidr)
                .toList();
    }

    private AppShell shell() {
        return wiring.window().shell().orElseThrow();
    }
}
