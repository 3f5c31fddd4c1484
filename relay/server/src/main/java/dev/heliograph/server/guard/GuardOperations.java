package dev.heliograph.server.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.control.AuditEntry;
import dev.heliograph.server.control.Document;
import dev.heliograph.server.control.DocumentType;
import dev.heliograph.server.control.Edit;
import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.ip.IpPrefix;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What operators do with the rules of the guard, on all nodes at once. A change is in force on every node that
/// is there when its method returns, and on record; with `dryRun` nothing is changed nor recorded, and the
/// answer says what would be. Methods throw [IllegalArgumentException] for what can be no rule, and what
/// `control` and `cluster` throw when they fail. Threadsafe.
public final class GuardOperations {

    /// Rules for addresses that there may be; more would be slow to load.
    static final int MAX_IP_RULES = 200_000;

    /// Limits that operators may put down: each connection looks at all of them.
    static final int MAX_LIMITS = 500;

    /// Rules of a page.
    public static final int MAX_PAGE = 1_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Guard guard;
    private final Cluster cluster;
    private final Decisions decisions;
    private final Clock clock;

    /// @param cluster not started yet: this node's part is added to it
    public GuardOperations(Guard guard, Cluster cluster, Decisions decisions, Clock clock) {
        this.guard = guard;
        this.cluster = cluster;
        this.decisions = decisions;
        this.clock = clock;
        new GuardQuestions(guard).offer(cluster);
    }

    // ---- rules for addresses ----

    /// A page of the rules for addresses, by network, those of IPv4 first.
    ///
    /// @param text  what must occur in network, reason or author, in any case of letters
    /// @param after the id of the last rule of the page before; empty for the first page
    /// @param limit rules of a page, 1 to [#MAX_PAGE]
    public RulePage<IpRule> ipRules(String text, String after, int limit) {
        Optional<IpPrefix> last = after.isEmpty() ? Optional.empty() : Optional.of(IpPrefix.parse(after));
        List<Document<IpRule>> page = new ArrayList<>();
        for (Document<IpRule> each : sorted(decisions.all(IpRule.TYPE), text)) {
            boolean follows = last.isEmpty() || last.get().compareTo(IpPrefix.parse(each.id())) < 0;
            if (follows && page.size() <= limit) {
                page.add(each);
            }
        }
        return page(IpRule.TYPE, page, limit);
    }

    private static List<Document<IpRule>> sorted(List<Document<IpRule>> all, String text) {
        Map<Document<IpRule>, IpPrefix> prefixes = new HashMap<>();
        for (Document<IpRule> each : all) {
            if (contains(text, each.id(), each.body().reason(), each.body().author())) {
                prefixes.put(each, IpPrefix.parse(each.id()));
            }
        }
        return prefixes.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The rule that holds for an address, if there is one.
    public Optional<RuleView<IpRule>> ipRuleFor(String address) {
        return guard.ipRules()
                .find(IpAddress.parse(address))
                .flatMap(entry -> decisions.find(IpRule.TYPE, entry.prefix().toString()))
                .map(document -> page(IpRule.TYPE, List.of(document), 1).rules().getFirst());
    }

    /// Puts down a rule for a network, instead of the one that it has.
    ///
    /// @param cidr      an address or a network
    /// @param expiresAt in Unix milliseconds; 0 for never
    /// @param force     whether it may keep out the operator's own address
    /// @throws OwnAddressException if it would and must not
    public Change<IpRule> putIpRule(
            String cidr, IpRule.Kind kind, long expiresAt, Editor by, boolean force, boolean dryRun) {
        IpPrefix prefix = IpPrefix.parse(cidr);
        requireExpiry(expiresAt);
        if (decisions.find(IpRule.TYPE, prefix.toString()).isEmpty()) {
            requireRoom(decisions.all(IpRule.TYPE).size() + 1, MAX_IP_RULES);
        }
        requireNotOwn(by, Map.of(prefix, Optional.of(kind)), force);
        IpRule rule = new IpRule(kind, by.reason(), by.name(), clock.millis());
        Preview preview = preview(new GuardQuestions.Wish(prefix.toString(), kind, null, null, null));
        return put("ip_rule.put", IpRule.TYPE, prefix.toString(), rule, expiresAt, preview, by, dryRun);
    }

    /// Deletes the rule of a network; does nothing if it has none.
    ///
    /// @throws OwnAddressException if that would keep out the operator's own address and must not
    public Change<IpRule> deleteIpRule(String cidr, Editor by, boolean force, boolean dryRun) {
        IpPrefix prefix = IpPrefix.parse(cidr);
        requireNotOwn(by, Map.of(prefix, Optional.empty()), force);
        return delete("ip_rule.delete", IpRule.TYPE, prefix.toString(), by, dryRun);
    }

    /// Puts down many rules in one commit: a line each, `network [allow|deny|ban [expiry|- [reason]]]`, comments
    /// behind `#`.
    ///
    /// @param kind      where a line does not say
    /// @param expiresAt where a line does not say
    /// @return how many rules there are in the text
    public int importIpRules(String text, IpRule.Kind kind, long expiresAt, Editor by, boolean force, boolean dryRun) {
        Map<IpPrefix, IpRuleList.Line> lines = IpRuleList.read(text, new IpRuleList.Line(kind, expiresAt, by.reason()));
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("there is no rule in it");
        }
        Map<IpPrefix, Optional<IpRule.Kind>> kinds = new HashMap<>();
        List<Edit<IpRule>> edits = new ArrayList<>();
        long now = clock.millis();
        lines.forEach((prefix, line) -> {
            requireExpiry(line.expiresAt());
            kinds.put(prefix, Optional.of(line.kind()));
            edits.add(new Edit.Put<>(
                    IpRule.TYPE,
                    prefix.toString(),
                    new IpRule(line.kind(), line.reason(), by.name(), now),
                    line.expiresAt(),
                    Edit.ANY));
        });
        List<Document<IpRule>> before = decisions.all(IpRule.TYPE);
        long same = before.stream()
                .filter(document -> kinds.containsKey(IpPrefix.parse(document.id())))
                .count();
        requireRoom(before.size() + edits.size() - same, MAX_IP_RULES);
        requireNotOwn(by, kinds, force);
        if (!dryRun) {
            decisions.commit(
                    edits, entry(by, "ip_rule.import", edits.size() + " rules", null, JSON.valueToTree(edits.size())));
        }
        return edits.size();
    }

    /// All rules for addresses, as [#importIpRules] reads them.
    public String exportIpRules() {
        return sorted(decisions.all(IpRule.TYPE), "").stream()
                .map(each -> IpRuleList.write(
                                each.id(),
                                new IpRuleList.Line(
                                        each.body().kind(),
                                        each.expiresAt(),
                                        each.body().reason()))
                        + "\n")
                .collect(Collectors.joining());
    }

    /// Refuses changes behind which the operator's own address is kept out, unless it is already.
    ///
    /// @param changes new kinds by network; empty for a deletion
    private void requireNotOwn(Editor by, Map<IpPrefix, Optional<IpRule.Kind>> changes, boolean force) {
        IpAddress own;
        try {
            own = IpAddress.parse(by.from());
        } catch (IllegalArgumentException _) {
            // Not from the network: nothing can keep it out.
            return;
        }
        boolean admitted = guard.ipRules().find(own).map(IpRules.Entry::admits).orElse(true);
        for (int bits = 128; bits >= 0 && admitted && !force; bits--) {
            IpPrefix prefix = new IpPrefix(own, bits);
            if (prefix.isV4() != own.isV4()) {
                return;
            }
            Optional<IpRule.Kind> change = changes.get(prefix);
            Optional<IpRule.Kind> kind =
                    change != null ? change : guard.ipRules().get(prefix).map(IpRules.Entry::kind);
            if (kind.isPresent()) {
                if (kind.get() != IpRule.Kind.ALLOW) {
                    throw new OwnAddressException(own, prefix.toString());
                }
                return;
            }
        }
    }

    // ---- users ----

    /// A page of the bans of users, by user.
    ///
    /// @param text  what must occur in user, reason or author, in any case of letters
    /// @param after the user of the last ban of the page before; empty for the first page
    public RulePage<UserBan> userBans(String text, String after, int limit) {
        return page(
                UserBan.TYPE,
                decisions.all(UserBan.TYPE).stream()
                        .filter(each -> contains(
                                text,
                                each.id(),
                                each.body().reason(),
                                each.body().author()))
                        .filter(each -> each.id().compareTo(after) > 0)
                        .sorted(Comparator.comparing(Document::id))
                        .limit(limit + 1L)
                        .toList(),
                limit);
    }

    /// Bans a user.
    ///
    /// @param user      not the empty one, which is everyone without a token
    /// @param expiresAt in Unix milliseconds; 0 for never
    public Change<UserBan> putUserBan(String user, long expiresAt, Editor by, boolean dryRun) {
        if (user.isEmpty()) {
            throw new IllegalArgumentException("users without an id cannot be banned");
        }
        requireExpiry(expiresAt);
        Preview preview = preview(new GuardQuestions.Wish(null, null, user, null, null));
        UserBan ban = new UserBan(by.reason(), by.name(), clock.millis());
        return put("user_ban.put", UserBan.TYPE, user, ban, expiresAt, preview, by, dryRun);
    }

    public Change<UserBan> deleteUserBan(String user, Editor by, boolean dryRun) {
        return delete("user_ban.delete", UserBan.TYPE, user, by, dryRun);
    }

    // ---- tokens ----

    /// A page of the revocations of tokens, by id.
    ///
    /// @param text  what must occur in id, reason or author, in any case of letters
    /// @param after the id of the last one of the page before; empty for the first page
    public RulePage<Revocation> revocations(String text, String after, int limit) {
        return page(
                Revocation.TYPE,
                decisions.all(Revocation.TYPE).stream()
                        .filter(each -> contains(
                                text,
                                each.id(),
                                each.body().reason(),
                                each.body().author()))
                        .filter(each -> each.id().compareTo(after) > 0)
                        .sorted(Comparator.comparing(Document::id))
                        .limit(limit + 1L)
                        .toList(),
                limit);
    }

    /// Revokes one token.
    ///
    /// @param expiresAt when the token itself has expired, in Unix milliseconds; 0 for never
    public Change<Revocation> revokeToken(String jti, long expiresAt, Editor by, boolean dryRun) {
        return revoke(new Revocation(jti, "", 0, by.reason(), by.name(), clock.millis()), expiresAt, by, dryRun);
    }

    /// Revokes a user's tokens.
    ///
    /// @param issuedBefore the first `iat` that is good again, in Unix seconds
    /// @param expiresAt    when they have expired themselves, in Unix milliseconds; 0 for never
    public Change<Revocation> revokeTokens(String user, long issuedBefore, long expiresAt, Editor by, boolean dryRun) {
        return revoke(
                new Revocation("", user, issuedBefore, by.reason(), by.name(), clock.millis()), expiresAt, by, dryRun);
    }

    private Change<Revocation> revoke(Revocation revocation, long expiresAt, Editor by, boolean dryRun) {
        requireExpiry(expiresAt);
        Preview preview = preview(new GuardQuestions.Wish(null, null, null, revocation, null));
        return put("revocation.put", Revocation.TYPE, revocation.id(), revocation, expiresAt, preview, by, dryRun);
    }

    public Change<Revocation> deleteRevocation(String id, Editor by, boolean dryRun) {
        return delete("revocation.delete", Revocation.TYPE, id, by, dryRun);
    }

    // ---- limits ----

    /// All limits, those of the configuration included, in their order.
    public List<LimitView> limits() {
        Map<String, Document<LimitRule>> documents = new HashMap<>();
        decisions.all(LimitRule.TYPE).forEach(each -> documents.put(each.id(), each));
        Map<String, LimitUse> uses = new HashMap<>();
        Map<String, LimitRule> configured = new LinkedHashMap<>();
        for (GuardQuestions.Uses of :
                cluster.ask(GuardQuestions.USES, new GuardQuestions.UsesOf()).all()) {
            for (Guard.NamedUse each : of.limits()) {
                uses.merge(each.name(), each.use(), LimitUse::plus);
                if (!documents.containsKey(each.name()) && each.name().contains(".")) {
                    configured.putIfAbsent(each.name(), each.rule());
                }
            }
        }
        List<LimitView> views = new ArrayList<>();
        configured.forEach((name, rule) ->
                views.add(new LimitView(name, rule, true, 0, 0, uses.getOrDefault(name, LimitUse.NONE))));
        documents.values().stream()
                .sorted(Comparator.comparingInt(
                                (Document<LimitRule> each) -> each.body().order())
                        .thenComparing(Document::id))
                .forEach(each -> views.add(new LimitView(
                        each.id(),
                        each.body(),
                        false,
                        each.revision(),
                        each.expiresAt(),
                        uses.getOrDefault(each.id(), LimitUse.NONE))));
        return views;
    }

    /// Puts down a limit, instead of the one of that name. Its buckets begin full.
    ///
    /// @param rule      its author and time are set here
    /// @param expiresAt in Unix milliseconds; 0 for never
    public Change<LimitRule> putLimit(String name, LimitRule rule, long expiresAt, Editor by, boolean dryRun) {
        LimitRule.requireName(name);
        requireExpiry(expiresAt);
        if (decisions.find(LimitRule.TYPE, name).isEmpty()) {
            requireRoom(decisions.all(LimitRule.TYPE).size() + 1, MAX_LIMITS);
        }
        LimitRule signed = rule.by(by.name(), clock.millis());
        Preview preview = preview(new GuardQuestions.Wish(null, null, null, null, signed));
        return put("limit_rule.put", LimitRule.TYPE, name, signed, expiresAt, preview, by, dryRun);
    }

    public Change<LimitRule> deleteLimit(String name, Editor by, boolean dryRun) {
        return delete("limit_rule.delete", LimitRule.TYPE, name, by, dryRun);
    }

    // ---- what they have in common ----

    private <T> Change<T> put(
            String action,
            DocumentType<T> type,
            String id,
            T body,
            long expiresAt,
            Preview preview,
            Editor by,
            boolean dryRun) {
        Optional<Document<T>> before = decisions.find(type, id);
        if (!dryRun) {
            decisions.commit(
                    List.of(new Edit.Put<>(type, id, body, expiresAt, Edit.ANY)),
                    entry(by, action, id, json(before), json(body, expiresAt)));
        }
        return new Change<>(id, before.map(Document::body).orElse(null), body, preview, dryRun);
    }

    private <T> Change<T> delete(String action, DocumentType<T> type, String id, Editor by, boolean dryRun) {
        Optional<Document<T>> before = decisions.find(type, id);
        if (!dryRun && before.isPresent()) {
            decisions.commit(List.of(new Edit.Delete<>(type, id, Edit.ANY)), entry(by, action, id, json(before), null));
        }
        return new Change<>(id, before.map(Document::body).orElse(null), null, Preview.NONE, dryRun);
    }

    private AuditEntry entry(
            Editor by, String action, String target, @Nullable JsonNode before, @Nullable JsonNode after) {
        return new AuditEntry(
                "", clock.millis(), by.name(), by.role(), by.from(), action, target, by.reason(), before, after, "ok");
    }

    private static <T> @Nullable JsonNode json(Optional<Document<T>> document) {
        return document.map(each -> json(each.body(), each.expiresAt())).orElse(null);
    }

    /// A rule for the record, with its end: whoever takes a change back needs both.
    private static <T> JsonNode json(T body, long expiresAt) {
        ObjectNode json = JSON.valueToTree(body);
        if (expiresAt != 0) {
            json.put("expiresAt", expiresAt);
        }
        return json;
    }

    private Preview preview(GuardQuestions.Wish wish) {
        return cluster.ask(GuardQuestions.PREVIEW, wish).all().stream().reduce(Preview.NONE, Preview::plus);
    }

    private <T> RulePage<T> page(DocumentType<T> type, List<Document<T>> documents, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_PAGE + " rules");
        }
        List<Document<T>> shown = documents.stream().limit(limit).toList();
        Map<String, Hits.Count> hits = new HashMap<>();
        if (!shown.isEmpty()) {
            List<String> ids = shown.stream().map(Document::id).toList();
            cluster.ask(GuardQuestions.HITS, new GuardQuestions.HitsOf(type.name(), ids))
                    .all()
                    .forEach(counts -> counts.byId().forEach((id, count) -> hits.merge(id, count, Hits.Count::plus)));
        }
        return new RulePage<>(
                shown.stream()
                        .map(each -> new RuleView<>(
                                each.id(),
                                each.body(),
                                each.revision(),
                                each.expiresAt(),
                                hits.getOrDefault(each.id(), Hits.Count.NONE)))
                        .toList(),
                documents.size() > limit);
    }

    private static boolean contains(String text, String... in) {
        String wanted = text.toLowerCase(Locale.ROOT);
        for (String each : in) {
            if (each.toLowerCase(Locale.ROOT).contains(wanted)) {
                return true;
            }
        }
        return false;
    }

    private void requireExpiry(long expiresAt) {
        if (expiresAt != 0 && expiresAt <= clock.millis()) {
            throw new IllegalArgumentException("its time is over already");
        }
    }

    private static void requireRoom(long rules, int most) {
        if (rules > most) {
            throw new IllegalArgumentException("there may be at most " + most + " of these rules");
        }
    }
}
