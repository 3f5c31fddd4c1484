package dev.heliograph.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.testing.Bench;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleWish;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.UserBanWish;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditUndoTest {

    private static final String LIMIT = """
            {"order":0,"operation":"PUBLISH","scope":"USER","user":null,"cidr":null,"namespace":null,"channel":"chat:*",
             "rate":5.0,"burst":10.0,"max":0,"mode":"DRY_RUN","author":"ann","created":1}""";

    private final Bench bench = new Bench();
    private final AuditUndo undo = new AuditUndo(bench.workspace);

    private static AuditRow row(String action, String target, String before, String after) {
        return AuditModelTest.row(
                "1", 0, "ann", action, target, "", before.isEmpty() ? null : before, after.isEmpty() ? null : after);
    }

    @Test
    void onlyWhatTheRecordHasEnoughOfIsOffered() {
        assertThat(AuditUndo.isOffered(row("ip_rule.put", "10.0.0.0/8", "", "{}")))
                .isTrue();
        assertThat(AuditUndo.isOffered(row("ip_rule.delete", "10.0.0.0/8", "{}", "")))
                .isTrue();
        assertThat(AuditUndo.isOffered(row("ip_rule.delete", "10.0.0.0/8", "", "")))
                .isFalse();
        assertThat(AuditUndo.isOffered(row("ip_rule.import", "4 rules", "", "4")))
                .isFalse();
        assertThat(AuditUndo.isOffered(row("connection.disconnect", "x", "", "{}")))
                .isFalse();
        assertThat(AuditUndo.isOffered(new AuditRow(
                        "1", 0, "ann", "operator", "", "ip_rule.put", "::/0", "", null, null, "refused: own")))
                .isFalse();
        assertThatExceptionOfType(AdminException.class)
                .isThrownBy(() -> undo.propose(row("node.drain", "relay-1", "", "")));
    }

    @Test
    void aBanIsLiftedAndANewerOneIsSaidFirst() {
        AuditRow row = row("ip_rule.put", "10.0.0.7", "", "{\"kind\":\"BAN\",\"reason\":\"flood\"}");
        bench.workspace.api().putIpRule(new IpRuleWish("10.0.0.7", IpRuleKind.BAN, null), Change.because("flood"));
        Proposal proposal = undo.propose(row);
        assertThat(proposal.title()).isEqualTo("Undo: Lift the ban of 10.0.0.7");
        assertThat(proposal.risk()).isEqualTo(Risk.UNDOABLE);
        assertThat(proposal.warnings()).isEmpty();

        bench.workspace.api().putIpRule(new IpRuleWish("10.0.0.7", IpRuleKind.DENY, null), Change.because("flood"));
        Proposal later = undo.propose(row);
        assertThat(later.warnings()).singleElement().asString().startsWith("It was changed again since");
        assertThat(later.risk()).isEqualTo(Risk.CONFIRM);
        bench.perform(later, "");
        assertThat(bench.relay.addresses).isEmpty();
    }

    @Test
    void aDeletedRuleIsPutBackWithItsEnd() {
        long end = bench.start.plusSeconds(60).toEpochMilli();
        AuditRow row = row(
                "ip_rule.delete", "10.0.0.7", "{\"kind\":\"DENY\",\"reason\":\"slow\",\"expiresAt\":" + end + "}", "");
        bench.perform(undo.propose(row), "");
        assertThat(bench.relay.address("10.0.0.7").kind()).isEqualTo(IpRuleKind.DENY);
        assertThat(bench.relay.address("10.0.0.7").expiresAt()).isEqualTo(end);
        assertThat(bench.relay.address("10.0.0.7").reason()).isEqualTo("slow");
    }

    @Test
    void usersTokensAndLimitsAreTakenBackToo() {
        bench.workspace.api().putUserBan(new UserBanWish("42", null), Change.because("spam"));
        bench.perform(undo.propose(row("user_ban.put", "42", "", "{\"reason\":\"spam\"}")), "");
        assertThat(bench.relay.users).isEmpty();

        bench.perform(
                undo.propose(row(
                        "revocation.delete",
                        "user:42",
                        "{\"jti\":\"\",\"user\":\"42\",\"issuedBefore\":1700000000,\"reason\":\"stolen\"}",
                        "")),
                "");
        assertThat(bench.relay.revocation("user:42").issuedBefore()).isEqualTo(1_700_000_000L);

        Proposal limit = undo.propose(row("limit_rule.delete", "slow", LIMIT, ""));
        assertThat(limit.title()).isEqualTo("Undo: Put down limit slow");
        Proposal.Outcome outcome = bench.perform(limit, "");
        assertThat(bench.relay.limit("slow").rule().mode()).isEqualTo(LimitMode.DRY_RUN);
        assertThat(bench.relay.limit("slow").rule().channel()).isEqualTo("chat:*");
        assertThat(undo.propose(row("limit_rule.put", "slow", "", LIMIT)).warnings())
                .isEmpty();
        outcome.undo().orElseThrow().work().perform("");
        assertThat(bench.relay.limits).isEmpty();
        assertThat(Optional.ofNullable(bench.relay.limits.get("slow"))).isEmpty();
    }
}
