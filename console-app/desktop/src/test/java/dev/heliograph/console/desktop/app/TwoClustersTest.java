package dev.heliograph.console.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.action.Gate;
import dev.heliograph.console.cluster.Profiles;
import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.connect.ConnectModel;
import dev.heliograph.console.desktop.connect.ConnectPage;
import dev.heliograph.console.desktop.shell.AppShell;
import dev.heliograph.console.desktop.shell.ClusterLook;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.workspace.VirtualBackground;
import dev.heliograph.testkit.RelayCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Border;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two clusters in one window: what is done to the one in front is done to no other.
class TwoClustersTest extends UiTest {

    private static final ClusterLook FRA = new ClusterLook("fra-edge", "production", "#9333ea");
    private static final ClusterLook BER = new ClusterLook("ber-test", "staging", "#0d9488");
    private static final String NETWORK = "198.51.100.0/24";

    private static RelayCluster fra;
    private static RelayCluster ber;

    @TempDir
    private Path home;

    // Made before each test.
    @SuppressWarnings("NullAway.Init")
    private Wiring wiring;

    @BeforeAll
    static void startRelays() {
        fra = RelayCluster.start(1);
        ber = RelayCluster.start(1);
    }

    @AfterAll
    static void stopRelays() {
        fra.close();
        ber.close();
    }

    /// The one that was opened last is in front.
    @BeforeEach
    void openBoth() {
        wiring = onFx(() -> Consoles.wiring(stage(), home, Tokens.inMemory()));
        closeLater(() -> wiring.close());
        runOnFx(() -> {
            wiring.open(Consoles.target(FRA, fra.adminUris(), RelayCluster.OPERATOR));
            wiring.open(Consoles.target(BER, ber.adminUris(), RelayCluster.OPERATOR));
            wiring.window().show();
        });
        awaitFront(BER);
    }

    private OpenCluster cluster(ClusterLook look) {
        return wiring.window().clusters().stream()
                .filter(each -> each.name().equals(look.name()))
                .findFirst()
                .orElseThrow();
    }

    private Gate gate(ClusterLook look) {
        return cluster(look).link().workspace().gate();
    }

    private List<String> banned(ClusterLook look) {
        return cluster(look).link().workspace().api().ipRules("", Optional.empty(), 10).rules().stream()
                .map(IpRuleRow::cidr)
                .toList();
    }

    private AppShell front() {
        return wiring.window().shell().orElseThrow();
    }

    private void awaitFront(ClusterLook look) {
        await(look.name() + " in front", () -> front() == cluster(look).shell());
        awaitText("(operator)");
        assertThat(isTextShown(look.name())).isTrue();
        assertThat(onFx(() -> stage().getTitle())).startsWith(look.name());
    }

    private Optional<Color> frame() {
        return onFx(() -> {
            Border border = front().getBorder();
            return border == null || border.getStrokes().isEmpty()
                    ? Optional.empty()
                    : Optional.of((Color) border.getStrokes().getFirst().getTopStroke());
        });
    }

    private Color spot() {
        return onFx(() -> (Color) ((Region) front().lookup(".cluster-spot"))
                .getBackground()
                .getFills()
                .getFirst()
                .getFill());
    }

    @Test
    void eachHasItsColourAndOnlyProductionAFrame() {
        assertThat(spot()).isEqualTo(Color.web(BER.colour()));
        assertThat(frame()).isNotEqualTo(Optional.of(Color.web(BER.colour())));

        press(KeyCode.CONTROL, KeyCode.TAB);
        awaitFront(FRA);
        assertThat(spot()).isEqualTo(Color.web(FRA.colour()));
        assertThat(frame()).contains(Color.web(FRA.colour()));

        press(KeyCode.CONTROL, KeyCode.TAB);
        awaitFront(BER);
        click("cluster");
        clickText("Go to fra-edge");
        awaitFront(FRA);
    }

    @Test
    void toArmOneIsNotToArmTheOther() {
        press(KeyCode.CONTROL, KeyCode.E);
        click("do-arm");
        awaitText("Armed ");
        assertThat(gate(BER).isArmed()).isTrue();
        assertThat(gate(FRA).isArmed()).isFalse();

        press(KeyCode.CONTROL, KeyCode.TAB);
        awaitFront(FRA);
        awaitText("Read-only");
        assertThat(isTextShown("Armed ")).isFalse();
        press(KeyCode.CONTROL, KeyCode.TAB);
        awaitFront(BER);
        awaitText("Armed ");
    }

    @Test
    void aBanGoesToTheOneInFrontAndSoDoesItsUndo() {
        runOnFx(() -> {
            gate(FRA).arm(Duration.ofMinutes(5));
            gate(BER).arm(Duration.ofMinutes(5));
        });
        click("page-bans");
        click("ban-new");
        write("ban-whom", NETWORK);
        click("ban-review");
        find("do-confirm");
        press(KeyCode.ENTER);
        await("banned", () -> banned(BER).equals(List.of(NETWORK)));
        assertThat(banned(FRA)).isEmpty();

        press(KeyCode.CONTROL, KeyCode.TAB);
        awaitFront(FRA);
        assertThat(isShown("undo")).isFalse();
        press(KeyCode.CONTROL, KeyCode.J);
        awaitText("Nothing yet.");
        press(KeyCode.ESCAPE);
        click("page-bans");
        awaitText("No address is kept out");

        press(KeyCode.CONTROL, KeyCode.TAB);
        awaitFront(BER);
        awaitText(NETWORK);
        click("undo");
        await("lifted", () -> banned(BER).isEmpty());
    }

    @Test
    void whoGoesToThePageOfClustersFindsTheWayBack() {
        press(KeyCode.CONTROL, KeyCode.O);
        awaitText("No cluster yet");
        click("to-fra-edge");
        awaitFront(FRA);

        press(KeyCode.CONTROL, KeyCode.O);
        awaitText("No cluster yet");
        press(KeyCode.CONTROL, KeyCode.TAB);
        awaitFront(FRA);

        press(KeyCode.CONTROL, KeyCode.W);
        awaitFront(BER);
        press(KeyCode.CONTROL, KeyCode.W);
        awaitText("No cluster yet");
        assertThat(isShown("open-clusters")).isFalse();
    }

    @Test
    void pictureOfTheWaysBack() {
        ConnectModel model = new ConnectModel(
                new Profiles(home, Clock.systemUTC()), Tokens.inMemory(), new VirtualBackground(), _ -> {});
        model.load();
        await("read", () -> model.state().get().loaded());
        GoldenPicture.check("connect-open-clusters", () -> {
            OpenClusters ways = new OpenClusters(_ -> {});
            ways.show(List.of(FRA.name(), BER.name()));
            BorderPane page = new BorderPane(new ConnectPage(model, new ChosenFiles()).view());
            page.setTop(ways);
            return page;
        });
    }
}
