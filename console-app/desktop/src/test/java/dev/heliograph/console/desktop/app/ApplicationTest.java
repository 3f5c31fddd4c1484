package dev.heliograph.console.desktop.app;

import static dev.heliograph.console.text.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heliograph.console.api.AdminApi.AuditQuestion;
import dev.heliograph.console.cluster.Ansible;
import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.desktop.shell.AppShell;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.testkit.RelayCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.control.Button;
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

    private static final String RESTART = """
            - hosts: relays
              gather_facts: false
              tasks:
                - name: Wait for the clients
                  ansible.builtin.command: sleep 600
            """;

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
    void start() throws IOException {
        Path ansible = Files.createDirectories(directory.resolve("ansible"));
        Files.writeString(ansible.resolve("site.yml"), "[]");
        Files.writeString(ansible.resolve("rolling_restart.yml"), RESTART);
        Path inventory = Files.writeString(ansible.resolve("hosts"), "[relays]\nrelay1 ansible_connection=local\n");
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
                Optional.of(new Ansible(inventory, Optional.empty()))))));
        runOnFx(() -> wiring.window().show());
        await("live", () -> isTextShown("(operator)"));
    }

    @AfterEach
    void stop() {
        runOnFx(() -> wiring.close());
    }

    /// Of the first page 1, of the tenth 0.
    private static KeyCode digit(int page) {
        return KeyCode.getKeyCode(Integer.toString((page + 1) % 10));
    }

    @Test
    void everyPageIsReachedByItsKeyAndShowsTheCluster() {
        List<String> ids = onFx(() -> shell().pages());
        for (int i = 0; i < ids.size(); i++) {
            press(KeyCode.CONTROL, digit(i));
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
            press(KeyCode.CONTROL, digit(i));
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

    @Test
    void aPlaybookGoesOnWhileOtherPagesAreLookedAtAndEndsWithTheWindow() {
        assumeTrue(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "ansible-playbook"))),
                "ansible-playbook is not installed");
        press(KeyCode.CONTROL, KeyCode.E);
        click("do-arm");
        awaitText("Armed");
        press(KeyCode.CONTROL, KeyCode.DIGIT8);
        fire("open-rolling-restart");
        fire("perform-restart");
        awaitText("ansible-playbook --inventory " + directory.resolve("ansible/hosts") + " "
                + directory.resolve("ansible/rolling_restart.yml") + " --limit=relays");
        click("do-confirm");
        awaitText("Now: Wait for the clients");
        assertThat(playing()).isNotEmpty();

        press(KeyCode.CONTROL, KeyCode.DIGIT1);
        await("the overview", () -> shell().current().equals("overview"));
        assertThat(playing()).isNotEmpty();
        runOnFx(() -> wiring.close());
        assertThat(playing()).isEmpty();
    }

    /// Processes of Ansible, and what they have started.
    private static List<ProcessHandle> playing() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("rolling_restart.yml") || line.contains("sleep 600"))
                        .isPresent())
                .toList();
    }

    /// Without scrolling to it.
    private void fire(String id) {
        Button button = find(id, Button.class);
        await(id + " can be done", () -> !button.isDisabled());
        runOnFx(button::fire);
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
