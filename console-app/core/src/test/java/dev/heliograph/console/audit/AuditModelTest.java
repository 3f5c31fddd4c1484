package dev.heliograph.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.testing.Bench;
import dev.heliograph.console.wire.AuditMessage;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.Hello;
import dev.heliograph.console.wire.Topic;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditModelTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Bench bench = new Bench();
    private final AuditModel model = new AuditModel(bench.workspace);

    static AuditRow row(
            String id,
            long at,
            String operator,
            String action,
            String target,
            String reason,
            @Nullable String before,
            @Nullable String after) {
        return new AuditRow(
                id, at, operator, "operator", "192.0.2.1", action, target, reason, json(before), json(after), "ok");
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private AuditRow line(int number) {
        return row(
                "%06d".formatted(number),
                bench.start.toEpochMilli() - 10_000_000 + number,
                number % 2 == 0 ? "ann" : "bob",
                "ip_rule.put",
                "10.0.0." + number,
                "flood",
                null,
                "{\"kind\":\"BAN\"}");
    }

    private List<String> ids() {
        return model.lines().get().data().orElseThrow().rows().stream()
                .map(AuditRow::id)
                .toList();
    }

    @Test
    void theNewestLinesAreShownAndOlderOnesAdded() {
        for (int i = 1; i <= 150; i++) {
            bench.relay.audit.add(line(i));
        }
        model.shown();
        assertThat(ids()).hasSize(AuditModel.PAGE).startsWith("000150");
        model.more();
        assertThat(ids()).hasSize(150).endsWith("000001");
        model.more();
        assertThat(ids()).hasSize(150);
        model.show(new AuditFilter("ann", "", "10.0.0.1", AuditFilter.Period.DAY));
        assertThat(ids()).contains("000010", "000100").doesNotContain("000011", "000020");
        model.show(new AuditFilter("", "", "", AuditFilter.Period.HOUR));
        assertThat(ids()).isEmpty();
    }

    @Test
    void newLinesComeByThemselvesIfTheyMatch() {
        bench.relay.audit.add(line(1));
        model.shown();
        model.show(new AuditFilter("ann", "", "", AuditFilter.Period.ALL));
        bench.feed.say(Topic.AUDIT, new AuditMessage("audit", line(2)));
        bench.feed.say(Topic.AUDIT, new AuditMessage("audit", line(3)));
        bench.feed.say(Topic.AUDIT, new AuditMessage("audit", line(2)));
        assertThat(ids()).containsExactly("000002");
        bench.feed.interrupt(new AdminException(AdminException.Kind.UNREACHABLE, "gone"));
        assertThat(model.liveProblem().get()).contains("gone");
        // What came while nobody listened is asked for.
        bench.relay.audit.add(line(2));
        bench.relay.audit.add(line(4));
        bench.feed.say(Topic.AUDIT, new Hello("hello", "ann", List.of(Topic.AUDIT)));
        assertThat(model.liveProblem().get()).isEmpty();
        assertThat(ids()).containsExactly("000004", "000002");
        model.hidden();
        assertThat(bench.isBusy()).isFalse();
    }

    @Test
    void theLinesStayWhenTheClusterFails() {
        bench.relay.audit.add(line(1));
        model.shown();
        bench.relay.failing = _ -> true;
        model.refresh();
        assertThat(ids()).hasSize(1);
        assertThat(model.lines().get().problem()).contains("The cluster cannot do it now.");
    }

    @Test
    void beforeAndAfterAreComparedFieldByField() {
        AuditRow row = row(
                "1",
                0,
                "ann",
                "ip_rule.put",
                "10.0.0.0/8",
                "",
                "{\"kind\":\"DENY\",\"reason\":\"slow\",\"created\":0,\"author\":\"ann\"}",
                "{\"kind\":\"BAN\",\"reason\":\"slow\",\"created\":0,\"author\":\"ann\",\"expiresAt\":86400000}");
        assertThat(Difference.of(row))
                .containsExactly(
                        new Difference("kind", Optional.of("DENY"), Optional.of("BAN")),
                        new Difference("expires at", Optional.empty(), Optional.of("1970-01-02 00:00:00")),
                        new Difference("reason", Optional.of("slow"), Optional.of("slow")),
                        new Difference(
                                "created", Optional.of("1970-01-01 00:00:00"), Optional.of("1970-01-01 00:00:00")),
                        new Difference("author", Optional.of("ann"), Optional.of("ann")));
        assertThat(Difference.of(row("1", 0, "ann", "ip_rule.import", "4 rules", "", null, "4")))
                .containsExactly(new Difference("value", Optional.empty(), Optional.of("4")));
        assertThat(Difference.of(row("1", 0, "ann", "node.drain", "relay-1", "", null, null)))
                .isEmpty();
    }

    @Test
    void linesAreExportedAsATimelineATableAndData() {
        AuditRow first =
                row("1", 0, "ann", "ip_rule.put", "10.0.0.0/8", "a *flood*, really", null, "{\"kind\":\"BAN\"}");
        AuditRow second = new AuditRow(
                "2", 60_000, "=bob", "operator", "192.0.2.1", "ip_rule.put", "::/0", "", null, null, "refused: no");
        List<AuditRow> rows = List.of(second, first);
        assertThat(AuditExport.MARKDOWN.of(rows, "demo")).isEqualTo("""
                        # What operators did on demo

                        1970-01-01 00:00:00 to 1970-01-01 00:01:00, UTC. 2 actions.

                        - **1970-01-01 00:00:00** ann: `ip_rule.put` `10.0.0.0/8` – a \\*flood\\*, really
                          - kind: – → `BAN`
                        - **1970-01-01 00:01:00** =bob: `ip_rule.put` `::/0` – **not done**: refused: no
                        """);
        assertThat(AuditExport.CSV.of(rows, "demo").lines())
                .containsExactly(
                        "id,at,operator,role,from,action,target,reason,before,after,outcome",
                        "2,1970-01-01T00:01:00Z,'=bob,operator,192.0.2.1,ip_rule.put,::/0,,,,refused: no",
                        "1,1970-01-01T00:00:00Z,ann,operator,192.0.2.1,ip_rule.put,10.0.0.0/8,\"a *flood*, really\",,"
                                + "\"{\"\"kind\"\":\"\"BAN\"\"}\",ok");
        assertThat(AuditExport.JSON.of(rows, "demo")).contains("\"kind\" : \"BAN\"");
        assertThat(AuditExport.MARKDOWN.of(List.of(), "demo")).endsWith("Nothing.\n");
    }

    @Test
    void anExportHasAllLinesOfTheFilter() {
        for (int i = 1; i <= 2_500; i++) {
            bench.relay.audit.add(line(i));
        }
        assertThat(model.all().join())
                .hasSize(2_500)
                .first()
                .extracting(AuditRow::id)
                .isEqualTo("002500");
    }
}
