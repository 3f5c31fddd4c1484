package dev.heliograph.server.admin;

import dev.heliograph.server.guard.Change;
import dev.heliograph.server.guard.GuardOperations;
import dev.heliograph.server.guard.IpRule;
import dev.heliograph.server.guard.RuleView;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rules for addresses: who may not come in from where.
final class IpRulesApi {

    private static final Param FORCE =
            Param.flag("force", "Do it even if it keeps out the address that you come from.");

    /// @param hits     how often it decided, on all nodes since they started or it was put down
    /// @param lastHit  Unix milliseconds; left out for never
    record IpRuleRow(
            String cidr,
            IpRule.Kind kind,
            String reason,
            String author,
            long created,
            @Nullable Long expiresAt,
            long hits,
            @Nullable Long lastHit) {
        static IpRuleRow of(RuleView<IpRule> view) {
            IpRule rule = view.body();
            return new IpRuleRow(
                    view.id(),
                    rule.kind(),
                    rule.reason(),
                    rule.author(),
                    rule.created(),
                    Guarding.orNull(view.expiresAt()),
                    view.hits().hits(),
                    Guarding.orNull(view.hits().last()));
        }
    }

    /// @param more whether others follow
    record IpRuleList(List<IpRuleRow> rules, boolean more) {}

    /// @param expiresAt Unix milliseconds; left out for never
    record IpRuleWish(
            String cidr, IpRule.Kind kind, @Nullable Long expiresAt) {}

    record IpRuleState(IpRule.Kind kind, String reason, String author, long created) {
        static @Nullable IpRuleState of(@Nullable IpRule rule) {
            return rule == null ? null : new IpRuleState(rule.kind(), rule.reason(), rule.author(), rule.created());
        }
    }

    record IpRuleChange(
            String cidr,
            @Nullable IpRuleState before,
            @Nullable IpRuleState after,
            Guarding.PreviewView preview,
            boolean dryRun) {
        static IpRuleChange of(Change<IpRule> change) {
            return new IpRuleChange(
                    change.id(),
                    IpRuleState.of(change.before()),
                    IpRuleState.of(change.after()),
                    Guarding.PreviewView.of(change.preview()),
                    change.dryRun());
        }
    }

    /// @param rule left out if no rule is for the address: then it may come in
    record IpRuleCheck(String ip, @Nullable IpRuleRow rule) {}

    /// @param text      a line each: `network [allow|deny|ban [expiry|- [reason]]]`
    /// @param kind      where a line does not say; `ban` if left out
    /// @param expiresAt where a line does not say, Unix milliseconds; left out for never
    record ImportWish(
            String text,
            IpRule.@Nullable Kind kind,
            @Nullable Long expiresAt) {}

    record Imported(int rules, boolean dryRun) {}

    /// @param text as an import takes it
    record Exported(String text) {}

    private final GuardOperations guard;

    IpRulesApi(GuardOperations guard) {
        this.guard = guard;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/ip-rules",
                        "ip_rule.list",
                        Role.VIEWER,
                        "Rules for addresses; of those that cover an address the one with the longest prefix holds.",
                        List.of(Guarding.TEXT, Guarding.AFTER, Guarding.LIMIT),
                        IpRuleList.class,
                        this::ipRules),
                Route.get(
                        "/v1/ip-rules/check",
                        "ip_rule.check",
                        Role.VIEWER,
                        "The rule that holds for an address.",
                        List.of(Param.needed("ip", "The address.")),
                        IpRuleCheck.class,
                        this::check),
                Route.change(
                        Route.Method.PUT,
                        "/v1/ip-rules",
                        "ip_rule.put",
                        Role.OPERATOR,
                        "Allow, deny or ban an address or a network, instead of the rule that it has. `ban` also"
                                + " disconnects who is connected.",
                        List.of(FORCE),
                        IpRuleWish.class,
                        IpRuleChange.class,
                        this::putIpRule),
                Route.change(
                        Route.Method.DELETE,
                        "/v1/ip-rules",
                        "ip_rule.delete",
                        Role.OPERATOR,
                        "Delete the rule of a network.",
                        List.of(Param.needed("cidr", "The address or network."), FORCE),
                        null,
                        IpRuleChange.class,
                        call -> {
                            String cidr = call.text("cidr").orElse("");
                            call.about(cidr);
                            return IpRuleChange.of(guard.deleteIpRule(
                                    cidr, Guarding.editor(call), call.flag(FORCE.name()), call.dryRun()));
                        }),
                Route.change(
                        Route.Method.POST,
                        "/v1/ip-rules/import",
                        "ip_rule.import",
                        Role.OPERATOR,
                        "Put down many rules at once, or none of them.",
                        List.of(FORCE),
                        ImportWish.class,
                        Imported.class,
                        this::importRules),
                Route.get(
                        "/v1/ip-rules/export",
                        "ip_rule.export",
                        Role.VIEWER,
                        "All rules, as an import takes them.",
                        List.of(),
                        Exported.class,
                        _ -> new Exported(guard.exportIpRules())));
    }

    private IpRuleList ipRules(Call call) {
        var page = guard.ipRules(Guarding.text(call), Guarding.after(call), ConnectionsApi.limit(call));
        return new IpRuleList(page.rules().stream().map(IpRuleRow::of).toList(), page.more());
    }

    private IpRuleCheck check(Call call) {
        String ip = call.text("ip").orElse("");
        Optional<RuleView<IpRule>> rule = guard.ipRuleFor(ip);
        return new IpRuleCheck(ip, rule.map(IpRuleRow::of).orElse(null));
    }

    private IpRuleChange putIpRule(Call call) {
        IpRuleWish wish = call.body(IpRuleWish.class);
        call.about(wish.cidr());
        return IpRuleChange.of(guard.putIpRule(
                wish.cidr(),
                wish.kind(),
                Guarding.orZero(wish.expiresAt()),
                Guarding.editor(call),
                call.flag(FORCE.name()),
                call.dryRun()));
    }

    private Imported importRules(Call call) {
        ImportWish wish = call.body(ImportWish.class);
        int rules = guard.importIpRules(
                wish.text(),
                Objects.requireNonNullElse(wish.kind(), IpRule.Kind.BAN),
                Guarding.orZero(wish.expiresAt()),
                Guarding.editor(call),
                call.flag(FORCE.name()),
                call.dryRun());
        return new Imported(rules, call.dryRun());
    }
}
