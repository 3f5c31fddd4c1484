package dev.heliograph.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.console.wire.*;
import java.time.Instant;
import java.util.Optional;

/// The operations of the admin API (docs/admin.md), one method each. Each blocks until the answer is there, and is to
/// be called on
/// a virtual thread; each throws [AdminException]. Threadsafe.
public interface AdminApi {

    WhoAmI whoAmI();

    NodeList nodes();

    /// @param query  of the language of docs/connections.md; empty for all
    /// @param limit  rows, 1 to 1000
    /// @param cursor of the page before
    ConnectionList connections(String query, int limit, Optional<String> cursor);

    /// @param by      `ip/24`, `user`, `channel`, `client`, `version`, `node`, `colour`, ...
    /// @param measure `connections`, `queue`, `in_rate`, `out_rate`, `in_bytes_rate` or `out_bytes_rate`
    GroupList groups(String by, String query, String measure, int limit);

    ConnectionView connection(String id);

    DisconnectAnswer disconnect(DisconnectWish wish, Change change);

    OperationList disconnects();

    OperationRow disconnect(String operation);

    OperationRow cancelDisconnect(String operation, Change change);

    /// @param order `name`, `subscribers`, `in_rate` or `out_rate`
    ChannelList channels(String pattern, String order, int limit);

    ChannelView channel(String channel, int limit);

    Published publish(String channel, JsonNode data, Change change);

    /// @param after the `cidr` of the last one of the page before
    IpRuleList ipRules(String text, Optional<String> after, int limit);

    IpRuleChange putIpRule(IpRuleWish wish, Change change);

    IpRuleChange deleteIpRule(String cidr, Change change);

    IpRuleCheck checkIp(String ip);

    Imported importIpRules(ImportWish wish, Change change);

    Exported exportIpRules();

    UserBanList userBans(String text, Optional<String> after, int limit);

    UserBanChange putUserBan(UserBanWish wish, Change change);

    UserBanChange deleteUserBan(String user, Change change);

    RevocationList revocations(String text, Optional<String> after, int limit);

    RevocationChange putRevocation(RevocationWish wish, Change change);

    RevocationChange deleteRevocation(String id, Change change);

    LimitList limits();

    LimitChange putLimit(String name, LimitWish wish, Change change);

    LimitChange deleteLimit(String name, Change change);

    DrainList drains();

    DrainAnswer startDrain(String node, DrainWish wish, Change change);

    DrainAnswer pauseDrain(String node, Change change);

    DrainAnswer resumeDrain(String node, Change change);

    DrainAnswer cancelDrain(String node, Change change);

    RebalanceAnswer rebalance(RebalanceWish wish, Change change);

    /// The deployment that goes on, or the last one; NOT_FOUND if there was none yet, or the relay is of a version that
    /// knows of none.
    Deployment deployment();

    SettingList config();

    Reloaded reloadConfig(Change change);

    AuditList audit(AuditQuestion question);

    TokenList tokens();

    MadeToken createToken(NewToken token, Change change);

    Revoked revokeToken(String name, Change change);

    /// Which lines of the audit record; without a value each holds for all.
    record AuditQuestion(
            Optional<Instant> since,
            Optional<Instant> until,
            Optional<String> operator,
            Optional<String> action,
            Optional<String> text,
            Optional<String> after,
            int limit) {

        public static AuditQuestion newest(int limit) {
            return new AuditQuestion(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    limit);
        }
    }
}
