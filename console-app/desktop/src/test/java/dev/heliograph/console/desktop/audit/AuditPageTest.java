package dev.heliograph.console.desktop.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.audit.AuditModel;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.ChosenFiles.Asked;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.RealCluster;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.desktop.ui.file.FileKind;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleWish;
import dev.heliograph.console.wire.UserBanWish;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditPageTest extends UiTest {

    private static RealCluster cluster;

    private final FakeCommander commander = new FakeCommander();
    private final ChosenFiles files = new ChosenFiles();

    @BeforeAll
    static void relays() {
        cluster = RealCluster.start(1);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void page() {
        AuditModel model = new AuditModel(cluster.workspace());
        show(() -> {
            AuditPage page = closeLater(new AuditPage(model, commander, files.texts()));
            page.shown();
            return page.view();
        });
    }

    private static AdminApi api() {
        return cluster.workspace().api();
    }

    @Test
    void newLinesComeByThemselvesAreComparedAndTakenBack() {
        long end = Instant.now().plus(Duration.ofHours(1)).toEpochMilli();
        api().putIpRule(new IpRuleWish("198.51.100.0/24", IpRuleKind.DENY, end), Change.because("slow network"));
        awaitText("slow network");
        api().putIpRule(new IpRuleWish("198.51.100.0/24", IpRuleKind.BAN, null), Change.because("flood"));
        awaitText("flood");
        clickText("flood");
        awaitText("What it made of what");
        awaitText("DENY");
        awaitText("BAN");
        click("audit-undo");
        Proposal proposal = commander.awaitProposal(1);
        assertThat(proposal.title()).isEqualTo("Undo: Deny 198.51.100.0/24");
        assertThat(proposal.risk()).isEqualTo(Risk.CONFIRM);
        proposal.work().perform("");
        assertThat(api().ipRules("198.51.100.0/24", Optional.empty(), 10).rules())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.kind()).isEqualTo(IpRuleKind.DENY);
                    assertThat(rule.expiresAt()).isEqualTo(end);
                    assertThat(rule.reason()).isEqualTo("slow network");
                });
        // The same line once more: something else is there by now, and that is said.
        click("audit-undo");
        assertThat(commander.awaitProposal(2).warnings())
                .anyMatch(each -> each.startsWith("It was changed again since"));
        api().deleteIpRule("198.51.100.0/24", Change.because(""));
    }

    @Test
    void eachFormGoesToAFileOfItsKind(@TempDir Path folder) throws IOException {
        api().putUserBan(new UserBanWish("44", null), Change.because("for a file"));
        awaitText("for a file");
        for (Form form : List.of(
                new Form(
                        "Incident timeline (Markdown)",
                        "audit.md",
                        FileKind.MARKDOWN,
                        "`user_ban.put` `44` – for a file"),
                new Form("Table (CSV)", "audit.csv", FileKind.CSV, ",user_ban.put,44,for a file,"),
                new Form("Data (JSON)", "audit.json", FileKind.JSON, "\"reason\" : \"for a file\""))) {
            click("audit-export-menu");
            clickText(form.title);
            TextArea text = find("audit-export-text", TextArea.class);
            await(form.name, () -> text.getText().contains(form.part));
            files.choose(folder.resolve(form.name));
            click("audit-export-save");
            awaitText("Saved as " + folder.resolve(form.name) + ".");
            assertThat(folder.resolve(form.name)).hasContent(text.getText());
            assertThat(files.asked().getLast()).isEqualTo(new Asked(form.name, form.kind));
        }
        files.choose(folder.resolve("audit.md").resolve("below.json"));
        click("audit-export-save");
        awaitText("below.json can not be written: a file is where its folder should be.");
        assertThat(find("audit-export-text", TextArea.class).getText()).contains("for a file");
        assertThat(folder.resolve("audit.md")).content().contains("for a file");
        api().deleteUserBan("44", Change.because(""));
    }

    private record Form(String title, String name, FileKind kind, String part) {}

    @Test
    void linesAreFilteredAndExportedAsATimeline() {
        api().putUserBan(new UserBanWish("42", null), Change.because("spam of today"));
        api().putUserBan(new UserBanWish("43", null), Change.because("another reason"));
        awaitText("another reason");
        write("audit-text", "spam");
        press(KeyCode.ENTER);
        awaitNoText("another reason");
        awaitText("spam of today");
        click("audit-export-menu");
        clickText("Incident timeline (Markdown)");
        TextArea text = find("audit-export-text", TextArea.class);
        await("the timeline", () -> text.getText().contains("# What operators did on test"));
        String timeline = onFx(() -> text.getText());
        assertThat(timeline)
                .contains("ann: `user_ban.put` `42` – spam of today")
                .doesNotContain("43");
        write("audit-text", "");
        press(KeyCode.ENTER);
        write("audit-operator", "nobody");
        press(KeyCode.ENTER);
        awaitText("Nothing is on record");
        api().deleteUserBan("42", Change.because(""));
        api().deleteUserBan("43", Change.because(""));
    }
}
