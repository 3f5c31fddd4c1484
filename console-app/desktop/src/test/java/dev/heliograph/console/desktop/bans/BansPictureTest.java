package dev.heliograph.console.desktop.bans;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.bans.BanForm;
import dev.heliograph.console.bans.BanProposals.Outlook;
import dev.heliograph.console.bans.BansModel;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.StubApi;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.wire.Exported;
import dev.heliograph.console.wire.Hit;
import dev.heliograph.console.wire.IpRuleChange;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleList;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.wire.NodeList;
import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.PreviewView;
import dev.heliograph.console.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BansPictureTest {

    private static final long NOW = Toolkit.CLOCK.millis();

    private final StubApi answers = new StubApi()
            .answer(
                    "nodes",
                    _ -> new NodeList(List.of(new NodeRow(
                            "n",
                            "relay-1",
                            "10.0.0.1:8000",
                            "1",
                            "blue",
                            true,
                            false,
                            0,
                            10_000,
                            0,
                            0,
                            0,
                            0,
                            2,
                            0,
                            0,
                            0))))
            .answer(
                    "putIpRule",
                    _ -> new IpRuleChange(
                            "203.0.113.0/24",
                            null,
                            null,
                            new PreviewView(
                                    312,
                                    312,
                                    List.of(
                                            new Hit("a", "203.0.113.7", ""),
                                            new Hit("b", "203.0.113.9", "mallory"),
                                            new Hit("c", "203.0.113.44", ""))),
                            true));
    private final Workspace workspace = Fakes.workspace(answers.api(), Toolkit.CLOCK);
    private final BansModel model = new BansModel(workspace);

    private static IpRuleRow row(
            String cidr,
            IpRuleKind kind,
            String reason,
            String author,
            @Nullable Long end,
            long hits,
            @Nullable Long last) {
        return new IpRuleRow(cidr, kind, reason, author, NOW - 7_000_000, end, hits, last);
    }

    private void rules() {
        answers.answer(
                "ipRules",
                _ -> new IpRuleList(
                        List.of(
                                row("10.20.0.0/16", IpRuleKind.DENY, "test traffic", "ben", null, 0, null),
                                row(
                                        "198.51.100.7",
                                        IpRuleKind.BAN,
                                        "credential stuffing, ticket 4711, do not lift before the report is there",
                                        "ann",
                                        NOW + 86_400_000L * 6,
                                        45_112,
                                        NOW - 2_000),
                                row(
                                        "203.0.113.0/24",
                                        IpRuleKind.BAN,
                                        "handshake flood",
                                        "ann",
                                        NOW + 3_125_000,
                                        981,
                                        NOW),
                                row("203.0.113.12", IpRuleKind.ALLOW, "the office", "ann", null, 12, NOW - 400_000),
                                row(
                                        "2001:db8:17::/48",
                                        IpRuleKind.BAN,
                                        "scraper",
                                        "ben",
                                        NOW + 40_000,
                                        7,
                                        NOW - 90_000)),
                        true));
    }

    private void read() {
        model.shown();
        await(model.addresses().state(), "rules");
        model.hidden();
    }

    private static <T> void await(Value<Loaded<T>> value, String what) {
        Awaitility.await(what).atMost(Duration.ofSeconds(20)).until(() -> {
            Loaded<T> now = value.get();
            return !now.loading() && (now.data().isPresent() || now.problem().isPresent());
        });
    }

    private Parent page(Consumer<BansPage> doing) {
        BansPage page = new BansPage(model, new FakeCommander(), workspace.background(), new ChosenFiles().texts());
        doing.accept(page);
        return page.view();
    }

    private void picture(String name, Consumer<BansPage> doing) {
        GoldenPicture.check(name, 1104, 740, () -> page(doing));
    }

    @Test
    void theListOfAddresses() {
        rules();
        read();
        picture("bans", _ -> {});
    }

    @Test
    void theFormTellsWhoIsHit() {
        rules();
        read();
        BanForm form = new BanForm(BanForm.Kind.BAN, "203.0.113.0/24", "", "1h", "handshake flood");
        model.preview(form);
        await(model.outlook(), "outlook");
        Loaded<Outlook> told = model.outlook().get();
        picture("bans-form", page -> {
            page.open(form, false);
            model.outlook().set(told);
        });
    }

    @Test
    void whatCannotBeSavedIsStillThere() {
        rules();
        answers.answer("exportIpRules", _ -> new Exported("203.0.113.0/24 ban - handshake flood\n198.51.100.7 deny\n"));
        read();
        ChosenFiles files = new ChosenFiles().choose(Path.of("/dev/null/rules.txt"));
        BansPage page =
                Toolkit.onFx(() -> new BansPage(model, new FakeCommander(), workspace.background(), files.texts()));
        Toolkit.runOnFx(() -> page.actions().stream()
                .filter(action -> action.id().equals("bans.export"))
                .forEach(action -> action.run().run()));
        Button save = (Button) Toolkit.onFx(() -> page.view().lookup("#ban-export-save"));
        Label said = (Label) Toolkit.onFx(() -> page.view().lookup("#ban-export-said"));
        Awaitility.await("the list").atMost(Duration.ofSeconds(20)).until(() -> !save.isDisabled());
        Toolkit.runOnFx(save::fire);
        Awaitility.await("the problem")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Toolkit.onFx(said::getText).startsWith("/dev/null/rules.txt can not be written"));
        GoldenPicture.check("bans-export-failed", 1104, 740, page::view);
    }

    @Test
    void anEmptyListTeachesAndAFailureSaysWhatToDo() {
        answers.answer("ipRules", _ -> new IpRuleList(List.of(), false));
        read();
        picture("bans-empty", _ -> {});
        answers.answer("ipRules", _ -> {
            throw new AdminException(
                    AdminException.Kind.UNREACHABLE, "No node of the cluster answers: relay-1 refuses the connection.");
        });
        BansModel failed = new BansModel(workspace);
        failed.addresses().refresh();
        await(failed.addresses().state(), "failure");
        GoldenPicture.check(
                "bans-failed",
                1104,
                740,
                () -> new BansPage(failed, new FakeCommander(), workspace.background(), new ChosenFiles().texts())
                        .view());
    }
}
