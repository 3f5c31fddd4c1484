package dev.heliograph.console.desktop.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.console.audit.AuditModel;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.StubApi;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.wire.AuditList;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditPictureTest {

    private static final long NOW = Toolkit.CLOCK.millis();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StubApi api = new StubApi();
    private final Workspace workspace = Fakes.workspace(api.api(), Toolkit.CLOCK);
    private final AuditModel model = new AuditModel(workspace);

    private static AuditRow row(
            String id,
            String operator,
            String action,
            String target,
            String reason,
            String before,
            String after,
            String outcome) {
        return new AuditRow(
                id,
                NOW - (9 - Integer.parseInt(id)) * 61_000L,
                operator,
                "operator",
                "192.0.2.17",
                action,
                target,
                reason,
                json(before),
                json(after),
                outcome);
    }

    private static @Nullable JsonNode json(String text) {
        try {
            return text.isEmpty() ? null : JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void read() {
        model.refresh();
        Awaitility.await("lines")
                .atMost(Duration.ofSeconds(20))
                .until(() -> model.lines().get().data().isPresent());
    }

    @Test
    void linesAndWhatOneOfThemDid() {
        api.answer(
                "audit",
                _ -> new AuditList(
                        List.of(
                                row(
                                        "8",
                                        "ann",
                                        "ip_rule.put",
                                        "203.0.113.0/24",
                                        "handshake flood",
                                        "{\"kind\":\"DENY\",\"reason\":\"slow\",\"author\":\"ben\",\"created\":1773470000000}",
                                        "{\"kind\":\"BAN\",\"reason\":\"handshake flood\",\"author\":\"ann\","
                                                + "\"created\":1773480000000,\"expiresAt\":1773483600000}",
                                        "ok"),
                                row(
                                        "7",
                                        "ann",
                                        "ip_rule.put",
                                        "192.0.2.0/24",
                                        "",
                                        "",
                                        "",
                                        "refused: your own address 192.0.2.17 would be refused"),
                                row("6", "ben", "node.drain", "relay-2", "new kernel", "", "{\"pace\":100}", "ok"),
                                row(
                                        "5",
                                        "ben",
                                        "limit_rule.put",
                                        "handshakes",
                                        "storm (on trial until 09:24:53 UTC)",
                                        "",
                                        "",
                                        "ok"),
                                row("4", "adam", "config.reload", "relay-1", "", "", "", "failed: no such file")),
                        true));
        read();
        GoldenPicture.check("audit", 1104, 740, () -> {
            AuditPage page = new AuditPage(model, new FakeCommander(), new ChosenFiles().texts());
            page.select("8");
            return page.view();
        });
    }

    @Test
    void nothingIsOnRecord() {
        api.answer("audit", _ -> new AuditList(List.of(), false));
        read();
        GoldenPicture.check(
                "audit-empty",
                1104,
                740,
                () -> new AuditPage(model, new FakeCommander(), new ChosenFiles().texts()).view());
    }
}
