package dev.heliograph.console.desktop.limits;

import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.StubApi;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.limits.LimitForm;
import dev.heliograph.console.limits.LimitsModel;
import dev.heliograph.console.wire.Fullest;
import dev.heliograph.console.wire.LimitChange;
import dev.heliograph.console.wire.LimitList;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitOperation;
import dev.heliograph.console.wire.LimitRate;
import dev.heliograph.console.wire.LimitRow;
import dev.heliograph.console.wire.LimitScope;
import dev.heliograph.console.wire.LimitState;
import dev.heliograph.console.wire.LimitWish;
import dev.heliograph.console.wire.NodeList;
import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.PreviewView;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LimitsPictureTest {

    private static final long NOW = Toolkit.CLOCK.millis();

    private final StubApi api = new StubApi()
            .answer("limits", _ -> new LimitList(List.of(configured(), handshakes(), lobby(), connections())))
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
                    "putLimit",
                    _ -> new LimitChange("per-user-publish", null, null, new PreviewView(1_412, 0, List.of()), true));
    private final Workspace workspace = Fakes.workspace(api.api(), Toolkit.CLOCK);
    private final LimitsModel model = new LimitsModel(workspace);

    private static LimitState rule(
            LimitOperation operation,
            LimitScope scope,
            String channel,
            double rate,
            double burst,
            long max,
            LimitMode mode) {
        return new LimitState(
                10,
                operation,
                scope,
                null,
                null,
                null,
                channel.isEmpty() ? null : channel,
                rate,
                burst,
                max,
                mode,
                "ann",
                NOW);
    }

    private static LimitRow configured() {
        return new LimitRow(
                "client.connection_limit",
                rule(LimitOperation.CONNECTIONS, LimitScope.NODE, "", 0, 0, 20_000, LimitMode.ENFORCE),
                true,
                null,
                93_000,
                0,
                0,
                null,
                List.of(new Fullest("", 0.5)));
    }

    private static LimitRow handshakes() {
        return new LimitRow(
                "handshakes",
                rule(LimitOperation.HANDSHAKE, LimitScope.IP, "", 5, 20, 0, LimitMode.ENFORCE),
                false,
                null,
                120_441,
                9_812,
                0,
                NOW - 1_000,
                List.of(
                        new Fullest("203.0.113.7", 1),
                        new Fullest("203.0.113.9", 0.84),
                        new Fullest("198.51.100.12", 0.2)));
    }

    private static LimitRow lobby() {
        return new LimitRow(
                "lobby",
                rule(LimitOperation.PUBLISH, LimitScope.USER, "*:lobby", 0.5, 5, 0, LimitMode.DRY_RUN),
                false,
                NOW + 86_000L,
                2_000,
                0,
                311,
                NOW - 40_000,
                List.of());
    }

    private static LimitRow connections() {
        return new LimitRow(
                "two-each",
                rule(LimitOperation.CONNECTIONS, LimitScope.USER, "", 0, 0, 2, LimitMode.ENFORCE),
                false,
                null,
                800,
                3,
                0,
                null,
                List.of());
    }

    private static LimitWish wish() {
        return new LimitWish(
                0,
                LimitOperation.PUBLISH,
                LimitScope.USER,
                null,
                null,
                null,
                "chat:*",
                2.0,
                10.0,
                null,
                LimitMode.ENFORCE,
                null);
    }

    private void read() {
        model.refresh();
        Awaitility.await("limits")
                .atMost(Duration.ofSeconds(20))
                .until(() -> model.limits().get().data().isPresent());
        model.rates()
                .set(Map.of(
                        "handshakes", new LimitRate("handshakes", 41, 96.4, 0),
                        "lobby", new LimitRate("lobby", 12, 0, 3.5)));
    }

    @Test
    void limitsWithWhatTheyDoAndWhatIsStaged() {
        read();
        model.stage("per-user-publish", wish(), new PreviewView(0, 0, List.of()));
        model.stageRemoval("two-each");
        GoldenPicture.check("limits", 1104, 740, () -> new LimitsPage(model, new FakeCommander()).view());
    }

    @Test
    void theFormAndATrial() {
        read();
        model.stage("per-user-publish", wish(), new PreviewView(0, 0, List.of()));
        model.apply(Optional.of(Duration.ofMinutes(2))).work().perform("storm");
        LimitForm form = new LimitForm(
                "per-user-publish",
                LimitOperation.PUBLISH,
                LimitScope.USER,
                "",
                "",
                "",
                "chat:*",
                "2",
                "0.5",
                "",
                LimitMode.ENFORCE,
                "10");
        GoldenPicture.check("limits-form", 1104, 740, () -> {
            LimitsPage page = new LimitsPage(model, new FakeCommander());
            page.open(form, false);
            return page.view();
        });
    }

    @Test
    void nothingIsLimited() {
        api.answer("limits", _ -> new LimitList(List.of()));
        model.refresh();
        Awaitility.await("limits")
                .atMost(Duration.ofSeconds(20))
                .until(() -> model.limits().get().data().isPresent());
        GoldenPicture.check("limits-empty", 1104, 740, () -> new LimitsPage(model, new FakeCommander()).view());
    }
}
