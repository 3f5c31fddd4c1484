package dev.heliograph.console.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.bans.BanProposals;
import dev.heliograph.console.bans.BanWish;
import dev.heliograph.console.bans.GuardRules;
import dev.heliograph.console.limits.LimitProposals;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitOperation;
import dev.heliograph.console.wire.LimitScope;
import dev.heliograph.console.wire.LimitWish;
import dev.heliograph.console.workspace.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes back changes that are on record, where the record has what it takes: rules for addresses, bans of users,
/// revocations and limits. It knows when something else was done since.
public final class AuditUndo {

    private static final Set<String> KINDS = Set.of("ip_rule", "user_ban", "revocation", "limit_rule");

    private final BanProposals bans;
    private final GuardRules rules;
    private final LimitProposals limits;

    public AuditUndo(Workspace workspace) {
        this.bans = new BanProposals(workspace);
        this.rules = new GuardRules(workspace.api());
        this.limits = new LimitProposals(workspace);
    }

    /// Whether a line can be taken back at all.
    public static boolean isOffered(AuditRow row) {
        int dot = row.action().indexOf('.');
        String verb = row.action().substring(dot + 1);
        return dot > 0
                && KINDS.contains(row.action().substring(0, dot))
                && row.outcome().equals("ok")
                && has(verb.equals("put") ? row.after() : verb.equals("delete") ? row.before() : null);
    }

    private static boolean has(@Nullable JsonNode node) {
        return node != null && node.isObject();
    }

    /// Proposes to put back what was there before. Blocks, and throws what the API throws.
    public Proposal propose(AuditRow row) {
        if (!isOffered(row)) {
            throw new AdminException(AdminException.Kind.INVALID, Messages.text("audit.undo.not"));
        }
        boolean limit = row.action().startsWith("limit_rule.");
        Proposal proposal = limit ? ofLimit(row) : ofRule(row);
        List<String> warnings = new ArrayList<>(proposal.warnings());
        boolean changed = limit ? limitChanged(row) : ruleChanged(row);
        if (changed) {
            warnings.add(Messages.text("audit.undo.changed"));
        }
        List<Proposal.Parameter> parameters = new ArrayList<>();
        parameters.add(new Proposal.Parameter(
                Messages.text("audit.undo.of"),
                Messages.text(
                        "audit.undo.line",
                        row.action(),
                        row.operator(),
                        Times.second(Instant.ofEpochMilli(row.at())))));
        parameters.addAll(proposal.parameters());
        return new Proposal(
                proposal.action(),
                Messages.text("audit.undo.title", proposal.title()),
                changed && proposal.risk() == Risk.UNDOABLE ? Risk.CONFIRM : proposal.risk(),
                proposal.role(),
                parameters,
                proposal.blast(),
                warnings,
                proposal.work());
    }

    private Proposal ofRule(AuditRow row) {
        JsonNode before = row.before();
        return before != null && before.isObject()
                ? bans.put(wish(row, before))
                : bans.lift(wish(row, required(row.after())));
    }

    private boolean ruleChanged(AuditRow row) {
        JsonNode after = row.after();
        Optional<BanWish> now = rules.find(
                wish(row, required(has(after) ? after : row.before())).target(), row.target());
        Optional<BanWish> then = after != null && after.isObject() ? Optional.of(wish(row, after)) : Optional.empty();
        return !now.equals(then);
    }

    private static JsonNode required(@Nullable JsonNode node) {
        if (node == null) {
            throw new AdminException(AdminException.Kind.INVALID, Messages.text("audit.undo.not"));
        }
        return node;
    }

    /// What a newer relay has written and this console does not understand it cannot restore.
    private static <E extends Enum<E>> E known(Class<E> type, JsonNode word) {
        return EnumSet.allOf(type).stream()
                .filter(each ->
                        each.name().equals(word.asText()) && !each.name().equals("UNKNOWN"))
                .findFirst()
                .orElseThrow(() -> new AdminException(AdminException.Kind.INVALID, Messages.text("audit.undo.not")));
    }

    /// The rule that the record has: its fields are those of the relay's own documents.
    private static BanWish wish(AuditRow row, JsonNode body) {
        String kind = row.action().substring(0, row.action().indexOf('.'));
        BanWish.Target target = switch (kind) {
            case "ip_rule" -> new BanWish.Network(row.target(), known(IpRuleKind.class, body.path("kind")));
            case "user_ban" -> new BanWish.User(row.target());
            default ->
                body.path("jti").asText().isEmpty()
                        ? new BanWish.TokensOf(
                                body.path("user").asText(),
                                Instant.ofEpochSecond(body.path("issuedBefore").longValue()))
                        : new BanWish.Token(body.path("jti").asText());
        };
        return new BanWish(target, end(body), body.path("reason").asText());
    }

    private static Optional<Instant> end(JsonNode body) {
        long end = body.path("expiresAt").longValue();
        return end == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(end));
    }

    private Proposal ofLimit(AuditRow row) {
        JsonNode before = row.before();
        return before != null && before.isObject()
                ? limits.put(row.target(), limit(before))
                : limits.delete(row.target());
    }

    private boolean limitChanged(AuditRow row) {
        JsonNode after = row.after();
        Optional<LimitWish> then = after != null && after.isObject() ? Optional.of(limit(after)) : Optional.empty();
        return !limits.find(row.target()).equals(then);
    }

    private static LimitWish limit(JsonNode body) {
        return new LimitWish(
                body.path("order").intValue(),
                known(LimitOperation.class, body.path("operation")),
                known(LimitScope.class, body.path("scope")),
                text(body, "user"),
                text(body, "cidr"),
                text(body, "namespace"),
                text(body, "channel"),
                number(body, "rate"),
                number(body, "burst"),
                body.path("max").longValue() == 0 ? null : body.path("max").longValue(),
                known(LimitMode.class, body.path("mode")),
                end(body).map(Instant::toEpochMilli).orElse(null));
    }

    private static @Nullable String text(JsonNode body, String name) {
        JsonNode value = body.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static @Nullable Double number(JsonNode body, String name) {
        double value = body.path(name).doubleValue();
        return value == 0 ? null : value;
    }
}
