package dev.heliograph.runbook.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.runbook.Spans;
import dev.heliograph.runbook.cluster.AdminCalls.Request;
import dev.heliograph.runbook.run.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What the admin API shows, as tables.
final class Looks {

    private final AdminCalls admin;
    private final Clock clock;

    Looks(AdminCalls admin, Clock clock) {
        this.admin = admin;
        this.clock = clock;
    }

    Reading nodes() {
        return table(
                get("/v1/nodes").path("nodes"),
                List.of("Node", "Connections", "CPU", "Version", "Colour", "State"),
                node -> List.of(
                        text(node, "name"),
                        count(node, "clients"),
                        String.format(Locale.ROOT, "%.0f %%", node.path("cpu").asDouble()),
                        text(node, "version"),
                        text(node, "colour"),
                        node.path("draining").asBoolean() ? "draining" : ""),
                "");
    }

    Reading connections(Arguments given) {
        JsonNode list = admin.call(
                Request.get("/v1/connections").with("q", given.text("q", "")).with("limit", given.rows()));
        return table(
                list.path("connections"),
                List.of("Id", "User", "Address", "Node", "Queue, bytes", "In", "Age"),
                row -> List.of(
                        text(row, "id"),
                        text(row, "user"),
                        text(row, "ip"),
                        text(row, "node"),
                        count(row, "queue_bytes"),
                        rate(row, "in_rate"),
                        age(row, "connected_at")),
                note(list.path("matched").asLong(), list.path("connections").size(), list.path("missing")));
    }

    Reading groups(Arguments given) {
        JsonNode list = admin.call(Request.get("/v1/connections/groups")
                .with("by", given.text("by"))
                .with("q", given.text("q", ""))
                .with("measure", given.text("measure", "connections"))
                .with("limit", given.rows()));
        long all = list.path("matched").asLong();
        return table(
                list.path("groups"),
                List.of("Group", "Connections", "Share", "In", "Out"),
                row -> List.of(
                        text(row, "key"),
                        count(row, "connections"),
                        String.format(
                                Locale.ROOT,
                                "%.1f %%",
                                all == 0 ? 0 : 100.0 * row.path("connections").asLong() / all),
                        rate(row, "in_rate"),
                        rate(row, "out_rate")),
                note(
                        list.path("groups").size() + list.path("others").asLong(),
                        list.path("groups").size(),
                        list.path("missing")));
    }

    Reading channels(Arguments given) {
        JsonNode list = admin.call(Request.get("/v1/channels")
                .with("pattern", given.text("pattern", ""))
                .with("order", given.text("order", "subscribers"))
                .with("limit", given.rows()));
        return table(
                list.path("channels"),
                List.of("Channel", "Subscribers", "In", "Out"),
                row -> List.of(
                        text(row, "channel"), count(row, "subscribers"), rate(row, "in_rate"), rate(row, "out_rate")),
                note(
                        list.path("channels").size() + list.path("others").asLong(),
                        list.path("channels").size(),
                        list.path("missing")));
    }

    Reading ipRules(Arguments given) {
        JsonNode list = admin.call(
                Request.get("/v1/ip-rules").with("text", given.text("text", "")).with("limit", given.rows()));
        return table(
                list.path("rules"),
                List.of("Network", "Kind", "Ends", "Hits", "Reason"),
                row -> List.of(text(row, "cidr"), text(row, "kind"), end(row), count(row, "hits"), text(row, "reason")),
                list.path("more").asBoolean() ? "There are more." : "");
    }

    Reading userBans(Arguments given) {
        JsonNode list = admin.call(Request.get("/v1/user-bans")
                .with("text", given.text("text", ""))
                .with("limit", given.rows()));
        return table(
                list.path("bans"),
                List.of("User", "Ends", "Hits", "Reason"),
                row -> List.of(text(row, "user"), end(row), count(row, "hits"), text(row, "reason")),
                list.path("more").asBoolean() ? "There are more." : "");
    }

    Reading revocations(Arguments given) {
        JsonNode list = admin.call(Request.get("/v1/revocations")
                .with("text", given.text("text", ""))
                .with("limit", given.rows()));
        return table(
                list.path("revocations"),
                List.of("Revocation", "Ends", "Hits", "Reason"),
                row -> List.of(text(row, "id"), end(row), count(row, "hits"), text(row, "reason")),
                list.path("more").asBoolean() ? "There are more." : "");
    }

    Reading limits() {
        return table(
                get("/v1/limits").path("limits"),
                List.of("Limit", "Operation", "Scope", "Rate or most", "Rejected"),
                row -> {
                    JsonNode rule = row.path("rule");
                    return List.of(
                            text(row, "name"),
                            text(rule, "operation"),
                            text(rule, "scope"),
                            rule.path("rate").asDouble() > 0 ? rate(rule, "rate") : count(rule, "max"),
                            count(row, "rejected"));
                },
                "");
    }

    Reading drains() {
        return table(
                get("/v1/drains").path("drains"),
                List.of("Node", "State", "Moved", "Left", "Rate", "Note"),
                row -> List.of(
                        text(row, "node"),
                        text(row, "state"),
                        count(row, "moved"),
                        count(row, "left"),
                        rate(row, "measured"),
                        text(row, "note")),
                "");
    }

    Reading disconnects() {
        return table(
                get("/v1/disconnects").path("operations"),
                List.of("Operation", "State", "By", "Selected", "Told", "Gone"),
                row -> List.of(
                        text(row, "operation"),
                        text(row, "state"),
                        text(row, "by"),
                        count(row, "selected"),
                        count(row, "told"),
                        count(row, "gone")),
                "");
    }

    Reading audit(Arguments given) {
        String since = given.duration("since")
                .map(clock.instant()::minus)
                .map(Instant::toEpochMilli)
                .map(String::valueOf)
                .orElse("");
        JsonNode list = admin.call(Request.get("/v1/audit")
                .with("since", since)
                .with("action", given.text("action", ""))
                .with("text", given.text("text", ""))
                .with("limit", given.rows()));
        return table(
                list.path("entries"),
                List.of("Time", "Operator", "Action", "Target", "Outcome"),
                row -> List.of(
                        Instant.ofEpochMilli(row.path("at").asLong())
                                .toString()
                                .replaceAll(".*T(\\d\\d:\\d\\d:\\d\\d).*", "$1"),
                        text(row, "operator"),
                        text(row, "action"),
                        text(row, "target"),
                        text(row, "outcome")),
                "");
    }

    private JsonNode get(String path) {
        return admin.call(Request.get(path));
    }

    private static Reading table(
            JsonNode list, List<String> columns, Function<JsonNode, List<String>> row, String note) {
        List<List<String>> rows = new ArrayList<>();
        list.forEach(each -> rows.add(row.apply(each)));
        return new Reading(columns, rows, note);
    }

    private static String note(long all, int shown, JsonNode missing) {
        List<String> silent = new ArrayList<>();
        missing.forEach(each -> silent.add(each.asText()));
        String more = all > shown ? String.format(Locale.ROOT, "%,d of %,d rows.", shown, all) : "";
        return (more + (silent.isEmpty() ? "" : " Not heard from " + String.join(", ", silent) + ".")).strip();
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).asText();
    }

    private static String count(JsonNode row, String field) {
        return String.format(Locale.ROOT, "%,d", row.path(field).asLong());
    }

    private static String rate(JsonNode row, String field) {
        return String.format(Locale.ROOT, "%,.1f/s", row.path(field).asDouble());
    }

    private String age(JsonNode row, String field) {
        return Spans.text(Duration.between(Instant.ofEpochMilli(row.path(field).asLong()), clock.instant()));
    }

    private String end(JsonNode row) {
        return Optional.of(row.path("expires_at"))
                .filter(JsonNode::isNumber)
                .map(at -> Duration.between(clock.instant(), Instant.ofEpochMilli(at.asLong())))
                .map(left -> left.isNegative() ? "over" : "in " + Spans.text(left))
                .orElse("–");
    }
}
