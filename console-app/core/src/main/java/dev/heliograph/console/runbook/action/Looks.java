package dev.heliograph.console.runbook.action;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.AdminApi.AuditQuestion;
import dev.heliograph.console.runbook.ActionKind;
import dev.heliograph.console.runbook.RunbookException;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Spans;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.ConnectionList;
import dev.heliograph.console.wire.DrainRow;
import dev.heliograph.console.wire.GroupList;
import dev.heliograph.console.wire.IpRuleList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Does the steps that only look. Each method blocks; what it throws is an [dev.heliograph.console.api.AdminException]
/// or
/// a [RunbookException]. Threadsafe.
public final class Looks {

    /// As many rows as can be looked through beside a runbook.
    private static final int ROWS = 20;

    private static final int MOST_ROWS = 1_000;

    private final AdminApi api;
    private final Clock clock;

    public Looks(AdminApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /// What there is to see now.
    ///
    /// @param arguments filled in; those of the step's action
    public Reading look(ActionKind kind, Map<String, String> arguments) {
        return switch (kind) {
            case NODE_LIST -> nodes();
            case CONNECTION_LIST -> connections(arguments);
            case CONNECTION_GROUP -> groups(arguments);
            case IP_RULE_LIST -> rules(arguments);
            case LIMIT_LIST -> limits();
            case DRAIN_LIST -> drains();
            case AUDIT_LIST -> audit(arguments);
            case IP_RULE_PUT,
                    IP_RULE_DELETE,
                    USER_BAN_PUT,
                    USER_BAN_DELETE,
                    CONNECTION_DISCONNECT,
                    DRAIN_START,
                    DRAIN_PAUSE,
                    DRAIN_RESUME,
                    DRAIN_CANCEL,
                    REBALANCE -> throw new IllegalArgumentException(kind + " does not only look");
        };
    }

    private Reading nodes() {
        return new Reading(
                columns("node", "connections", "cpu", "version", "colour", "state"),
                api.nodes().nodes().stream()
                        .map(node -> List.of(
                                node.name(),
                                count(node.clients()),
                                String.format(Locale.ROOT, "%.0f %%", node.cpu()),
                                node.version(),
                                node.colour(),
                                node.draining() ? Messages.text("runbooks.draining") : ""))
                        .toList(),
                "");
    }

    private Reading connections(Map<String, String> arguments) {
        ConnectionList list = api.connections(arguments.getOrDefault("q", ""), limit(arguments), Optional.empty());
        return new Reading(
                columns("id", "user", "address", "node", "queue", "in-rate", "age"),
                list.connections().stream()
                        .map(row -> List.of(
                                row.id(),
                                row.user(),
                                row.ip(),
                                row.node(),
                                count(row.queueBytes()),
                                rate(row.inRate()),
                                Times.span(Duration.between(Instant.ofEpochMilli(row.connectedAt()), clock.instant()))))
                        .toList(),
                note(list.matched(), list.connections().size(), list.missing()));
    }

    private Reading groups(Map<String, String> arguments) {
        GroupList list = api.groups(
                arguments.getOrDefault("by", ""),
                arguments.getOrDefault("q", ""),
                arguments.getOrDefault("measure", "connections"),
                limit(arguments));
        long all = list.matched();
        return new Reading(
                columns("group", "connections", "share", "in-rate", "out-rate"),
                list.groups().stream()
                        .map(row -> List.of(
                                row.key(),
                                count(row.connections()),
                                String.format(Locale.ROOT, "%.1f %%", all == 0 ? 0 : 100.0 * row.connections() / all),
                                rate(row.inRate()),
                                rate(row.outRate())))
                        .toList(),
                note(list.groups().size() + list.others(), list.groups().size(), list.missing()));
    }

    private Reading rules(Map<String, String> arguments) {
        IpRuleList list = api.ipRules(arguments.getOrDefault("text", ""), Optional.empty(), ROWS);
        return new Reading(
                columns("network", "kind", "until", "hits", "reason"),
                list.rules().stream()
                        .map(row -> List.of(
                                row.cidr(),
                                row.kind().name().toLowerCase(Locale.ROOT),
                                Optional.ofNullable(row.expiresAt())
                                        .map(end -> Times.until(Instant.ofEpochMilli(end), clock.instant()))
                                        .orElse("–"),
                                count(row.hits()),
                                row.reason()))
                        .toList(),
                list.more() ? Messages.text("runbooks.more") : "");
    }

    private Reading limits() {
        return new Reading(
                columns("limit", "operation", "scope", "rate", "rejected"),
                api.limits().limits().stream()
                        .map(row -> List.of(
                                row.name(),
                                row.rule().operation().name(),
                                row.rule().scope().name(),
                                row.rule().rate() > 0
                                        ? rate(row.rule().rate())
                                        : count(row.rule().max()),
                                count(row.rejected())))
                        .toList(),
                "");
    }

    private Reading drains() {
        return new Reading(
                columns("node", "state", "moved", "left", "rate", "note"),
                api.drains().drains().stream().map(Looks::drain).toList(),
                "");
    }

    private static List<String> drain(DrainRow row) {
        return List.of(
                row.node(),
                row.state().name().toLowerCase(Locale.ROOT),
                count(row.moved()),
                count(row.left()),
                rate(row.measured()),
                row.note());
    }

    private Reading audit(Map<String, String> arguments) {
        Optional<Instant> since = Optional.ofNullable(arguments.get("since"))
                .map(text -> Spans.parse(text)
                        .orElseThrow(() -> new RunbookException("'" + text + "' is no time like 90s or 1h30m")))
                .map(clock.instant()::minus);
        return new Reading(
                columns("time", "operator", "action", "target", "outcome"),
                api
                        .audit(new AuditQuestion(
                                since,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.ofNullable(arguments.get("action")),
                                Optional.ofNullable(arguments.get("text")),
                                Optional.empty(),
                                ROWS))
                        .entries()
                        .stream()
                        .map(row -> List.of(
                                Times.clock(Instant.ofEpochMilli(row.at())),
                                row.operator(),
                                row.action(),
                                row.target(),
                                row.outcome()))
                        .toList(),
                "");
    }

    private static List<String> columns(String... keys) {
        return List.of(keys).stream()
                .map(key -> Messages.text("runbooks.column." + key))
                .toList();
    }

    private static int limit(Map<String, String> arguments) {
        try {
            return Math.clamp(Integer.parseInt(arguments.getOrDefault("limit", String.valueOf(ROWS))), 1, MOST_ROWS);
        } catch (NumberFormatException _) {
            throw new RunbookException("'" + arguments.get("limit") + "' is no number of rows");
        }
    }

    private static String note(long all, int shown, List<String> missing) {
        String more = all > shown ? Messages.text("runbooks.rows-of", count(shown), count(all)) : "";
        String silent = missing.isEmpty() ? "" : Messages.text("runbooks.missing", String.join(", ", missing));
        return (more + " " + silent).strip();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%,.1f/s", perSecond);
    }
}
