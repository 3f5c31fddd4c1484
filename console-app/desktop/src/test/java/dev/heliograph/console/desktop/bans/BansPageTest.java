package dev.heliograph.console.desktop.bans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.AdminApi.AuditQuestion;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.bans.BansModel;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.ChosenFiles.Asked;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.RealCluster;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.desktop.ui.file.FileKind;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleWish;
import dev.heliograph.testkit.JsonClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BansPageTest extends UiTest {

    private static RealCluster cluster;

    private final FakeCommander commander = new FakeCommander();
    private final ChosenFiles files = new ChosenFiles();

    @BeforeAll
    static void relays() {
        cluster = RealCluster.start(2);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void page() {
        BansModel model = new BansModel(cluster.workspace());
        show(() -> {
            BansPage page = closeLater(
                    new BansPage(model, commander, cluster.workspace().background(), files.texts()));
            page.shown();
            return page.view();
        });
    }

    private static JsonClient client(int relay, String address) {
        return JsonClient.to(cluster.relays().relay(relay).port()).from(address).connect();
    }

    private Proposal.Outcome perform(int number, String reason) {
        Proposal proposal = commander.awaitProposal(number);
        Proposal.Outcome outcome = proposal.work().perform(reason);
        cluster.workspace().journal().add(proposal, outcome);
        return outcome;
    }

    private static List<AuditRow> audit(String target) {
        return cluster.workspace()
                .api()
                .audit(new AuditQuestion(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("ann"),
                        Optional.empty(),
                        Optional.of(target),
                        Optional.empty(),
                        10))
                .entries();
    }

    @Test
    void aNetworkIsBannedOnAllNodesSeenOnRecordAndLetInAgain() {
        try (JsonClient first = client(0, "127.55.1.1");
                JsonClient second = client(1, "127.55.1.2")) {
            click("ban-new");
            write("ban-whom", "127.55.1.0/24");
            awaitText("2 of 2 connections = 100.0 %");
            awaitText("127.55.1.2");
            assertThat(isTextShown("256 addresses")).isTrue();
            click("ban-review");
            Proposal proposal = commander.awaitProposal(1);
            assertThat(proposal.title()).isEqualTo("Ban 127.55.1.0/24");
            assertThat(proposal.risk()).isEqualTo(Risk.TYPE_NAME);
            assertThat(first.isOpen()).isTrue();

            Proposal.Outcome outcome = perform(1, "handshake flood");
            assertThat(outcome.sentence()).isEqualTo("Banned 127.55.1.0/24; connections ended: 2");
            Awaitility.await("the ends of both").until(() -> !first.isOpen() && !second.isOpen());
            awaitText("handshake flood");
            assertThat(audit("127.55.1.0/24")).first().satisfies(row -> {
                assertThat(row.action()).isEqualTo("ip_rule.put");
                assertThat(row.operator()).isEqualTo("ann");
                assertThat(row.reason()).isEqualTo("handshake flood");
            });

            outcome.undo().orElseThrow().work().perform("");
            assertThat(audit("127.55.1.0/24").getFirst().action()).isEqualTo("ip_rule.delete");
            client(0, "127.55.1.1").close();
            click("ban-cancel");
            cluster.workspace().journal().add(proposal, outcome);
            awaitNoText("handshake flood");
        }
    }

    @Test
    void aUserIsBannedChangedAndLetInAgain() {
        try (JsonClient bob = cluster.relays().connect(1, "bob")) {
            clickText("Users");
            awaitText("No user is banned");
            clickText("Ban a user");
            write("ban-whom", "bob");
            awaitText("1 of 1 connections = 100.0 %");
            write("ban-reason", "spam");
            click("ban-review");
            perform(1, "");
            Awaitility.await("the end of bob").until(() -> !bob.isOpen());
            click("ban-cancel");
            awaitText("spam");
            clickText("bob");
            press(KeyCode.DELETE);
            assertThat(commander.awaitProposal(2).risk()).isEqualTo(Risk.UNDOABLE);
            Proposal.Outcome lifted = perform(2, "");
            awaitText("No user is banned");
            lifted.undo().orElseThrow().work().perform("");
            assertThat(cluster.workspace()
                            .api()
                            .userBans("bob", Optional.empty(), 10)
                            .bans())
                    .singleElement()
                    .satisfies(ban -> assertThat(ban.reason()).isEqualTo("spam"));
            cluster.workspace().api().deleteUserBan("bob", Change.because(""));
        }
    }

    @Test
    void theOwnAddressIsSaidInTheFormAndTakesTheName() {
        click("ban-new");
        write("ban-whom", "127.0.0.1");
        awaitText("Your own address is in it");
        click("ban-review");
        Proposal proposal = commander.awaitProposal(1);
        assertThat(proposal.risk()).isEqualTo(Risk.TYPE_NAME);
        assertThat(proposal.warnings()).first().asString().contains("your own address 127.0.0.1");
    }

    @Test
    void aTypingErrorIsSaidBeforeTheClusterIsAsked() {
        click("ban-new");
        write("ban-whom", "10.0.0.300");
        awaitText("10.0.0.300 is not an IP address.");
        assertThat(find("ban-review").isDisabled()).isTrue();
        write("ban-whom", "10.0.0.3");
        awaitNoText("is not an IP address.");
        write("ban-expiry-text", "soon");
        awaitText("soon is no time");
        press(KeyCode.ESCAPE);
        assertThat(isShown("ban-editor")).isFalse();
    }

    @Test
    void aListComesFromAFileAndWhatCannotBeReadLeavesWhatIsThere(@TempDir Path folder) throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "198.51.100.8 deny - from a file\n");
        click("bans-import");
        click("import-file");
        TextArea lines = find("import-lines", TextArea.class);
        assertThat(lines.getText()).isEmpty();
        click("import-file");
        files.choose(list);
        click("import-file");
        await("the list", () -> lines.getText().equals("198.51.100.8 deny - from a file\n"));
        assertThat(files.asked()).hasSize(3).containsOnly(new Asked("", FileKind.TEXT));

        files.choose(folder.resolve("gone.txt"));
        click("import-file");
        awaitText(folder.resolve("gone.txt") + " can not be read: there is no such file or folder.");
        files.choose(Files.write(folder.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff}));
        click("import-file");
        awaitText("picture.png can not be read: it is no text in UTF-8.");
        Path large = folder.resolve("large.txt");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((16L << 20) + 1);
        }
        files.choose(large);
        click("import-file");
        awaitText("large.txt is too large.");
        assertThat(lines.getText()).isEqualTo("198.51.100.8 deny - from a file\n");

        click("import-review");
        perform(1, "");
        awaitText("from a file");
        api().deleteIpRule("198.51.100.8", Change.because(""));
    }

    @Test
    void theListGoesToAFileAndWhatCannotBeWrittenIsStillThere(@TempDir Path folder) throws IOException {
        api().putIpRule(new IpRuleWish("192.0.2.0/24", IpRuleKind.DENY, null), Change.because("old list"));
        click("bans-export");
        TextArea text = find("ban-export-text", TextArea.class);
        await("the list", () -> text.getText().contains("192.0.2.0/24 deny"));
        String list = onFx(text::getText);
        Path before = Files.createDirectories(folder.resolve("rules.txt").resolve("of-before"));
        click("ban-export-save");
        files.choose(folder.resolve("rules.txt"));
        click("ban-export-save");
        awaitText(folder.resolve("rules.txt") + " can not be written: Is a directory.");
        assertThat(text.getText()).isEqualTo(list);
        assertThat(before).exists();
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("rules.txt"));
        }

        Path file = Files.writeString(folder.resolve("ip-rules.txt"), "of before");
        files.choose(file);
        click("ban-export-save");
        awaitText("Saved as " + file + ".");
        assertThat(file).hasContent(list);
        assertThat(files.asked()).hasSize(3).containsOnly(new Asked("ip-rules.txt", FileKind.TEXT));
        api().deleteIpRule("192.0.2.0/24", Change.because(""));
    }

    private static AdminApi api() {
        return cluster.workspace().api();
    }

    @Test
    void aListIsImportedExportedAndTakenBackAndAnAddressChecked() {
        click("bans-import");
        TextArea lines = find("import-lines", TextArea.class);
        runOnFx(() -> lines.setText("198.51.100.7 ban\nnonsense\n"));
        click("import-review");
        Awaitility.await("refusal").until(() -> !commander.failures().isEmpty());
        assertThat(commander.failures().getFirst()).hasMessageContaining("line 2");
        runOnFx(() -> lines.setText("198.51.100.7 ban\n192.0.2.0/24 deny - old list\n"));
        click("import-review");
        assertThat(commander.awaitProposal(1).title()).isEqualTo("Import 2 rules");
        Proposal.Outcome outcome = perform(1, "list of today");
        awaitText("old list");
        write("bans-check", "192.0.2.99");
        press(KeyCode.ENTER);
        awaitText("192.0.2.0/24, deny: refuses new connections");
        click("bans-export");
        awaitText("198.51.100.7 ban");
        click("ban-export-close");
        write("bans-search", "today");
        awaitNoText("old list");
        outcome.undo().orElseThrow().work().perform("");
        Awaitility.await("nothing left")
                .atMost(Duration.ofSeconds(20))
                .until(() -> cluster.workspace()
                        .api()
                        .ipRules("", Optional.empty(), 10)
                        .rules()
                        .isEmpty());
    }
}
