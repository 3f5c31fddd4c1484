package dev.heliograph.server.admin;

import dev.heliograph.server.guard.Change;
import dev.heliograph.server.guard.Editor;
import dev.heliograph.server.guard.GuardOperations;
import dev.heliograph.server.guard.IpRule;
import dev.heliograph.server.guard.Preview;
import dev.heliograph.server.guard.Revocation;
import dev.heliograph.server.guard.RuleView;
import dev.heliograph.server.guard.UserBan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may not come in: rules for addresses, bans of users, revocations of tokens.
final class GuardApi {

    static final Param FORCE = Param.flag("force", "Do it even if it keeps out the address that you come from.");

    private static final Param TEXT = Param.text("text", "What occurs in it, in any case of letters.");
    private static final Param AFTER = Param.text("after", "The id of the last one of the page before.");
    private static final Param LIMIT = Param.integer("limit", "Of a page, 1 to 1000; 100 without it.");

    /// One who would be hit.
    record Hit(String id, String ip, String user) {}

    /// @param matching connections that it is for
    /// @param hit      those of them that it disconnects, or would refuse if they came now
    /// @param examples 20 at most
    record PreviewView(long matching, long hit, List<Hit> examples) {
        static PreviewView of(Preview preview) {
            return new PreviewView(
                    preview.matching(),
                    preview.hit(),
                    preview.examples().stream()
                            .map(each -> new Hit(each.client(), each.address(), each.user()))
                            .toList());
        }
    }

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
                    orNull(view.expiresAt()),
                    view.hits().hits(),
                    orNull(view.hits().last()));
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
            PreviewView preview,
            boolean dryRun) {
        static IpRuleChange of(Change<IpRule> change) {
            return new IpRuleChange(
                    change.id(),
                    IpRuleState.of(change.before()),
                    IpRuleState.of(change.after()),
                    PreviewView.of(change.preview()),
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

    record UserBanRow(
            String user,
            String reason,
            String author,
            long created,
            @Nullable Long expiresAt,
            long hits,
            @Nullable Long lastHit) {
        static UserBanRow of(RuleView<UserBan> view) {
            UserBan ban = view.body();
            return new UserBanRow(
                    view.id(),
                    ban.reason(),
                    ban.author(),
                    ban.created(),
                    orNull(view.expiresAt()),
                    view.hits().hits(),
                    orNull(view.hits().last()));
        }
    }

    record UserBanList(List<UserBanRow> bans, boolean more) {}

    /// @param expiresAt Unix milliseconds; left out for never
    record UserBanWish(String user, @Nullable Long expiresAt) {}

    /// @param existed whether the user was banned before
    record UserBanChange(String user, boolean existed, PreviewView preview, boolean dryRun) {
        static UserBanChange of(Change<UserBan> change) {
            return new UserBanChange(
                    change.id(), change.before() != null, PreviewView.of(change.preview()), change.dryRun());
        }
    }

    /// @param jti          left out for those of a user
    /// @param user         left out for the one with the `jti`
    /// @param issuedBefore the first `iat` of the user that is good again, Unix seconds
    record RevocationRow(
            String id,
            @Nullable String jti,
            @Nullable String user,
            @Nullable Long issuedBefore,
            String reason,
            String author,
            long created,
            @Nullable Long expiresAt,
            long hits,
            @Nullable Long lastHit) {
        static RevocationRow of(RuleView<Revocation> view) {
            Revocation each = view.body();
            return new RevocationRow(
                    view.id(),
                    each.jti().isEmpty() ? null : each.jti(),
                    each.user().isEmpty() ? null : each.user(),
                    orNull(each.issuedBefore()),
                    each.reason(),
                    each.author(),
                    each.created(),
                    orNull(view.expiresAt()),
                    view.hits().hits(),
                    orNull(view.hits().last()));
        }
    }

    record RevocationList(List<RevocationRow> revocations, boolean more) {}

    /// Either `jti`, or `user` with `issued_before`.
    ///
    /// @param issuedBefore Unix seconds; the time of the request if left out
    /// @param expiresAt    Unix milliseconds when the tokens themselves have expired; left out for never
    record RevocationWish(
            @Nullable String jti,
            @Nullable String user,
            @Nullable Long issuedBefore,
            @Nullable Long expiresAt) {}

    record RevocationChange(String id, boolean existed, PreviewView preview, boolean dryRun) {
        static RevocationChange of(Change<Revocation> change) {
            return new RevocationChange(
                    change.id(), change.before() != null, PreviewView.of(change.preview()), change.dryRun());
        }
    }

    private final GuardOperations guard;

    GuardApi(GuardOperations guard) {
        this.guard = guard;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/ip-rules",
                        "ip_rule.list",
                        Role.VIEWER,
                        "Rules for addresses; of those that cover an address the one with the longest prefix holds.",
                        List.of(TEXT, AFTER, LIMIT),
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
                            return IpRuleChange.of(
                                    guard.deleteIpRule(cidr, editor(call), call.flag(FORCE.name()), call.dryRun()));
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
                        _ -> new Exported(guard.exportIpRules())),
                Route.get(
                        "/v1/user-bans",
                        "user_ban.list",
                        Role.VIEWER,
                        "Users that may not connect.",
                        List.of(TEXT, AFTER, LIMIT),
                        UserBanList.class,
                        this::userBans),
                Route.change(
                        Route.Method.PUT,
                        "/v1/user-bans",
                        "user_ban.put",
                        Role.OPERATOR,
                        "Ban a user, and disconnect them.",
                        List.of(),
                        UserBanWish.class,
                        UserBanChange.class,
                        call -> {
                            UserBanWish wish = call.body(UserBanWish.class);
                            call.about(wish.user());
                            return UserBanChange.of(guard.putUserBan(
                                    wish.user(), orZero(wish.expiresAt()), editor(call), call.dryRun()));
                        }),
                Route.change(
                        Route.Method.DELETE,
                        "/v1/user-bans",
                        "user_ban.delete",
                        Role.OPERATOR,
                        "Let a user in again.",
                        List.of(Param.needed("user", "Whom.")),
                        null,
                        UserBanChange.class,
                        call -> {
                            String user = call.text("user").orElse("");
                            call.about(user);
                            return UserBanChange.of(guard.deleteUserBan(user, editor(call), call.dryRun()));
                        }),
                Route.get(
                        "/v1/revocations",
                        "revocation.list",
                        Role.VIEWER,
                        "Tokens of clients that are not accepted any more.",
                        List.of(TEXT, AFTER, LIMIT),
                        RevocationList.class,
                        this::revocations),
                Route.change(
                        Route.Method.PUT,
                        "/v1/revocations",
                        "revocation.put",
                        Role.OPERATOR,
                        "Revoke a token by its `jti`, or all that a user was given before a time, and disconnect who uses"
                                + " them.",
                        List.of(),
                        RevocationWish.class,
                        RevocationChange.class,
                        this::revoke),
                Route.change(
                        Route.Method.DELETE,
                        "/v1/revocations",
                        "revocation.delete",
                        Role.OPERATOR,
                        "Take back a revocation.",
                        List.of(Param.needed("id", "Its id, as the list gives it.")),
                        null,
                        RevocationChange.class,
                        call -> {
                            String id = call.text("id").orElse("");
                            call.about(id);
                            return RevocationChange.of(guard.deleteRevocation(id, editor(call), call.dryRun()));
                        }));
    }

    private static @Nullable Long orNull(long value) {
        return value == 0 ? null : value;
    }

    static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    static Editor editor(Call call) {
        Operator operator = call.operator();
        return new Editor(operator.name(), operator.role().text(), operator.from(), call.reason());
    }

    private IpRuleList ipRules(Call call) {
        var page = guard.ipRules(text(call), after(call), ConnectionsApi.limit(call));
        return new IpRuleList(page.rules().stream().map(IpRuleRow::of).toList(), page.more());
    }

    private UserBanList userBans(Call call) {
        var page = guard.userBans(text(call), after(call), ConnectionsApi.limit(call));
        return new UserBanList(page.rules().stream().map(UserBanRow::of).toList(), page.more());
    }

    private RevocationList revocations(Call call) {
        var page = guard.revocations(text(call), after(call), ConnectionsApi.limit(call));
        return new RevocationList(page.rules().stream().map(RevocationRow::of).toList(), page.more());
    }

    private static String text(Call call) {
        return call.text(TEXT.name()).orElse("");
    }

    private static String after(Call call) {
        return call.text(AFTER.name()).orElse("");
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
                orZero(wish.expiresAt()),
                editor(call),
                call.flag(FORCE.name()),
                call.dryRun()));
    }

    private Imported importRules(Call call) {
        ImportWish wish = call.body(ImportWish.class);
        int rules = guard.importIpRules(
                wish.text(),
                Objects.requireNonNullElse(wish.kind(), IpRule.Kind.BAN),
                orZero(wish.expiresAt()),
                editor(call),
                call.flag(FORCE.name()),
                call.dryRun());
        return new Imported(rules, call.dryRun());
    }

    private RevocationChange revoke(Call call) {
        RevocationWish wish = call.body(RevocationWish.class);
        String jti = wish.jti();
        String user = wish.user();
        if ((jti == null) == (user == null)) {
            throw AdminException.invalid("either jti or user is needed");
        }
        long expiresAt = orZero(wish.expiresAt());
        if (jti != null) {
            if (wish.issuedBefore() != null) {
                throw AdminException.invalid("issued_before is for the tokens of a user");
            }
            call.about("jti:" + jti);
            return RevocationChange.of(guard.revokeToken(jti, expiresAt, editor(call), call.dryRun()));
        }
        String whose = Objects.requireNonNull(user);
        call.about("user:" + whose);
        // Tokens of this very second may be newer than the wish.
        long before = Objects.requireNonNullElseGet(wish.issuedBefore(), () -> call.now() / 1_000);
        return RevocationChange.of(guard.revokeTokens(whose, before, expiresAt, editor(call), call.dryRun()));
    }
}
