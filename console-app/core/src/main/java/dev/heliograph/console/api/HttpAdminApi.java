package dev.heliograph.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.console.wire.*;
import java.time.Instant;
import java.util.Optional;

/// The operations as calls of HTTP, made by a [Caller].
public final class HttpAdminApi implements AdminApi {

    private final Caller caller;

    public HttpAdminApi(Caller caller) {
        this.caller = caller;
    }

    /// The call that tells who a token stands for.
    static Call<WhoAmI> whoAmICall() {
        return Call.get("/v1/whoami", WhoAmI.class);
    }

    @Override
    public WhoAmI whoAmI() {
        return caller.call(whoAmICall());
    }

    @Override
    public NodeList nodes() {
        return caller.call(Call.get("/v1/nodes", NodeList.class));
    }

    // ---- connections ----

    @Override
    public ConnectionList connections(String query, int limit, Optional<String> cursor) {
        return caller.call(Call.get("/v1/connections", ConnectionList.class)
                .with("q", query)
                .with("limit", limit)
                .with("cursor", cursor));
    }

    @Override
    public GroupList groups(String by, String query, String measure, int limit) {
        return caller.call(Call.get("/v1/connections/groups", GroupList.class)
                .with("by", by)
                .with("q", query)
                .with("measure", measure)
                .with("limit", limit));
    }

    @Override
    public ConnectionView connection(String id) {
        return caller.call(Call.get("/v1/connections/" + Call.segment(id), ConnectionView.class));
    }

    @Override
    public DisconnectAnswer disconnect(DisconnectWish wish, Change change) {
        return caller.call(Call.change("POST", "/v1/disconnects", change, DisconnectAnswer.class)
                .body(wish));
    }

    @Override
    public OperationList disconnects() {
        return caller.call(Call.get("/v1/disconnects", OperationList.class));
    }

    @Override
    public OperationRow disconnect(String operation) {
        return caller.call(Call.get("/v1/disconnects/" + Call.segment(operation), OperationRow.class));
    }

    @Override
    public OperationRow cancelDisconnect(String operation, Change change) {
        return caller.call(
                Call.change("DELETE", "/v1/disconnects/" + Call.segment(operation), change, OperationRow.class));
    }

    // ---- channels ----

    @Override
    public ChannelList channels(String pattern, String order, int limit) {
        return caller.call(Call.get("/v1/channels", ChannelList.class)
                .with("pattern", pattern)
                .with("order", order)
                .with("limit", limit));
    }

    @Override
    public ChannelView channel(String channel, int limit) {
        return caller.call(Call.get("/v1/channel", ChannelView.class)
                .with("channel", channel)
                .with("limit", limit));
    }

    @Override
    public Published publish(String channel, JsonNode data, Change change) {
        return caller.call(Call.change("POST", "/v1/channel/publish", change, Published.class)
                .body(new TestMessage(channel, data)));
    }

    // ---- addresses, users, tokens of clients ----

    @Override
    public IpRuleList ipRules(String text, Optional<String> after, int limit) {
        return caller.call(page("/v1/ip-rules", text, after, limit, IpRuleList.class));
    }

    @Override
    public IpRuleChange putIpRule(IpRuleWish wish, Change change) {
        return caller.call(forced(Call.change("PUT", "/v1/ip-rules", change, IpRuleChange.class), change)
                .body(wish));
    }

    @Override
    public IpRuleChange deleteIpRule(String cidr, Change change) {
        return caller.call(forced(Call.change("DELETE", "/v1/ip-rules", change, IpRuleChange.class), change)
                .with("cidr", cidr));
    }

    @Override
    public IpRuleCheck checkIp(String ip) {
        return caller.call(Call.get("/v1/ip-rules/check", IpRuleCheck.class).with("ip", ip));
    }

    @Override
    public Imported importIpRules(ImportWish wish, Change change) {
        return caller.call(forced(Call.change("POST", "/v1/ip-rules/import", change, Imported.class), change)
                .body(wish));
    }

    @Override
    public Exported exportIpRules() {
        return caller.call(Call.get("/v1/ip-rules/export", Exported.class));
    }

    @Override
    public UserBanList userBans(String text, Optional<String> after, int limit) {
        return caller.call(page("/v1/user-bans", text, after, limit, UserBanList.class));
    }

    @Override
    public UserBanChange putUserBan(UserBanWish wish, Change change) {
        return caller.call(
                Call.change("PUT", "/v1/user-bans", change, UserBanChange.class).body(wish));
    }

    @Override
    public UserBanChange deleteUserBan(String user, Change change) {
        return caller.call(Call.change("DELETE", "/v1/user-bans", change, UserBanChange.class)
                .with("user", user));
    }

    @Override
    public RevocationList revocations(String text, Optional<String> after, int limit) {
        return caller.call(page("/v1/revocations", text, after, limit, RevocationList.class));
    }

    @Override
    public RevocationChange putRevocation(RevocationWish wish, Change change) {
        return caller.call(Call.change("PUT", "/v1/revocations", change, RevocationChange.class)
                .body(wish));
    }

    @Override
    public RevocationChange deleteRevocation(String id, Change change) {
        return caller.call(Call.change("DELETE", "/v1/revocations", change, RevocationChange.class)
                .with("id", id));
    }

    // ---- limits ----

    @Override
    public LimitList limits() {
        return caller.call(Call.get("/v1/limits", LimitList.class));
    }

    @Override
    public LimitChange putLimit(String name, LimitWish wish, Change change) {
        return caller.call(Call.change("PUT", "/v1/limits/" + Call.segment(name), change, LimitChange.class)
                .body(wish));
    }

    @Override
    public LimitChange deleteLimit(String name, Change change) {
        return caller.call(Call.change("DELETE", "/v1/limits/" + Call.segment(name), change, LimitChange.class));
    }

    // ---- drains ----

    @Override
    public DrainList drains() {
        return caller.call(Call.get("/v1/drains", DrainList.class));
    }

    @Override
    public DrainAnswer startDrain(String node, DrainWish wish, Change change) {
        return caller.call(drain(node, "", change).body(wish));
    }

    @Override
    public DrainAnswer pauseDrain(String node, Change change) {
        return caller.call(drain(node, "/pause", change));
    }

    @Override
    public DrainAnswer resumeDrain(String node, Change change) {
        return caller.call(drain(node, "/resume", change));
    }

    @Override
    public DrainAnswer cancelDrain(String node, Change change) {
        return caller.call(drain(node, "/cancel", change));
    }

    @Override
    public RebalanceAnswer rebalance(RebalanceWish wish, Change change) {
        return caller.call(Call.change("POST", "/v1/rebalance", change, RebalanceAnswer.class)
                .body(wish));
    }

    // ---- configuration, audit, tokens of operators ----

    @Override
    public Deployment deployment() {
        return caller.call(Call.get("/v1/deployment", Deployment.class));
    }

    @Override
    public SettingList config() {
        return caller.call(Call.get("/v1/config", SettingList.class));
    }

    @Override
    public Reloaded reloadConfig(Change change) {
        return caller.call(Call.change("POST", "/v1/config/reload", change, Reloaded.class));
    }

    @Override
    public AuditList audit(AuditQuestion question) {
        return caller.call(Call.get("/v1/audit", AuditList.class)
                .with("since", millis(question.since()))
                .with("until", millis(question.until()))
                .with("operator", question.operator())
                .with("action", question.action())
                .with("text", question.text())
                .with("after", question.after())
                .with("limit", question.limit()));
    }

    @Override
    public TokenList tokens() {
        return caller.call(Call.get("/v1/tokens", TokenList.class));
    }

    @Override
    public MadeToken createToken(NewToken token, Change change) {
        return caller.call(
                Call.change("POST", "/v1/tokens", change, MadeToken.class).body(token));
    }

    @Override
    public Revoked revokeToken(String name, Change change) {
        return caller.call(Call.change("DELETE", "/v1/tokens/" + Call.segment(name), change, Revoked.class));
    }

    // ---- parts ----

    private static <T> Call<T> page(String path, String text, Optional<String> after, int limit, Class<T> answer) {
        return Call.get(path, answer).with("text", text).with("after", after).with("limit", limit);
    }

    private static <T> Call<T> forced(Call<T> call, Change change) {
        return change.force() ? call.with("force", "true") : call;
    }

    private static Call<DrainAnswer> drain(String node, String verb, Change change) {
        return Call.change("POST", "/v1/drains/" + Call.segment(node) + verb, change, DrainAnswer.class);
    }

    private static Optional<String> millis(Optional<Instant> time) {
        return time.map(at -> Long.toString(at.toEpochMilli()));
    }
}
