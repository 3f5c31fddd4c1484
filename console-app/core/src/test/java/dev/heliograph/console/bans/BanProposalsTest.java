package dev.heliograph.console.bans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.testing.Bench;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BanProposalsTest {

    private final Bench bench = new Bench();
    private final Optional<Instant> hour = Optional.of(bench.start.plus(Duration.ofHours(1)));
    private final BanProposals proposals = new BanProposals(bench.workspace);

    @Test
    void aBanIsProposedWithWhatItTouchesAndChangesNothingUntilItIsDone() {
        bench.relay.hit = 31;
        Proposal proposal = proposals.banAddress("203.0.113.0/24", hour, "flood");
        assertThat(bench.relay.addresses).isEmpty();
        assertThat(proposal.title()).isEqualTo("Ban 203.0.113.0/24");
        assertThat(proposal.risk()).isEqualTo(Risk.CONFIRM);
        assertThat(proposal.blast().orElseThrow().sentence()).isEqualTo("31 of 1,000 connections = 3.1 %");
        assertThat(proposal.parameters())
                .contains(
                        new Proposal.Parameter("Size", "256 addresses"),
                        new Proposal.Parameter("Until (UTC)", "2026-03-01 13:00, in 1 h"),
                        new Proposal.Parameter("Reason", "flood"),
                        new Proposal.Parameter("For example", "10.0.0.1 (user bob) and 30 more"));

        Outcome outcome = bench.perform(proposal, "");
        assertThat(outcome.sentence()).isEqualTo("Banned 203.0.113.0/24; connections ended: 31");
        IpRuleRow row = bench.relay.address("203.0.113.0/24");
        assertThat(row).extracting(IpRuleRow::kind, IpRuleRow::reason).containsExactly(IpRuleKind.BAN, "flood");
    }

    @Test
    void aNewBanIsUndoneByLiftingIt() {
        Outcome outcome = bench.perform(proposals.banAddress("203.0.113.7", hour, ""), "flood");
        assertThat(outcome.undo().orElseThrow().title()).isEqualTo("Lift the ban of 203.0.113.7");
        outcome.undo().orElseThrow().work().perform("");
        assertThat(bench.relay.addresses).isEmpty();
    }

    @Test
    void aRuleThatTookThePlaceOfAnotherGivesItBackWithItsEndAndItsReason() {
        bench.perform(proposals.put(new BanWish(new BanWish.Network("10.0.0.7", IpRuleKind.DENY), hour, "slow")), "");
        IpRuleRow before = bench.relay.address("10.0.0.7");
        Proposal proposal = proposals.banAddress("10.0.0.7", Optional.empty(), "worse");
        assertThat(proposal.parameters())
                .contains(new Proposal.Parameter("Instead of", "Deny 10.0.0.7 (2026-03-01 13:00, in 1 h)"));
        Outcome outcome = bench.perform(proposal, "");
        assertThat(bench.relay.address("10.0.0.7").kind()).isEqualTo(IpRuleKind.BAN);
        outcome.undo().orElseThrow().work().perform("a mistake");
        assertThat(bench.relay.address("10.0.0.7")).isEqualTo(before);
    }

    @Test
    void aRuleThatWouldBeOverByNowIsNotPutBack() {
        bench.perform(proposals.banAddress("10.0.0.7", hour, ""), "");
        Outcome outcome = bench.perform(proposals.banAddress("10.0.0.7", Optional.empty(), ""), "");
        bench.clock.pass(Duration.ofHours(2));
        assertThat(outcome.undo().orElseThrow().work().perform("").sentence()).startsWith("Not put back");
        assertThat(bench.relay.addresses).isEmpty();
    }

    @Test
    void wideNetworksAndMoreThanAQuarterOfTheConnectionsAskForTheName() {
        assertThat(proposals.banAddress("10.0.0.0/8", hour, "").risk()).isEqualTo(Risk.TYPE_NAME);
        bench.relay.hit = 250;
        assertThat(proposals.banAddress("10.0.0.0/24", hour, "").risk()).isEqualTo(Risk.CONFIRM);
        bench.relay.hit = 251;
        assertThat(proposals.banAddress("10.0.0.0/24", hour, "").risk()).isEqualTo(Risk.TYPE_NAME);
        assertThat(proposals.banUser("42", hour, "").risk()).isEqualTo(Risk.TYPE_NAME);
    }

    @Test
    void theOwnAddressIsForcedOnlyByTypingTheName() {
        bench.relay.own = Optional.of("192.0.2.0/24");
        Proposal proposal = proposals.banAddress("192.0.2.0/24", hour, "");
        assertThat(proposal.risk()).isEqualTo(Risk.TYPE_NAME);
        assertThat(proposal.warnings())
                .containsExactly("This keeps you out: your own address would be refused by 192.0.2.0/24");
        bench.perform(proposal, "");
        assertThat(bench.relay.addresses).containsKey("192.0.2.0/24");
        // What became one's own address meanwhile is not forced.
        bench.relay.own = Optional.of("198.51.100.0/24");
        Proposal later = proposals.banAddress("198.51.100.1", hour, "");
        bench.relay.own = Optional.of("198.51.100.1");
        assertThatExceptionOfType(AdminException.class).isThrownBy(() -> bench.perform(later, ""));
    }

    @Test
    void usersAndTokensAreKeptOutAndLetInAgain() {
        Outcome banned = bench.perform(proposals.banUser("42", hour, "spam"), "");
        assertThat(bench.relay.user("42").reason()).isEqualTo("spam");
        banned.undo().orElseThrow().work().perform("");
        assertThat(bench.relay.users).isEmpty();

        Outcome revoked = bench.perform(proposals.put(new BanWish(new BanWish.Token("t-1"), hour, "")), "stolen");
        assertThat(bench.relay.revocations).containsOnlyKeys("jti:t-1");
        assertThat(revoked.sentence()).isEqualTo("Revoked token t-1; connections ended: 1");
        bench.perform(
                proposals.put(new BanWish(new BanWish.TokensOf("42", bench.start), Optional.empty(), "")), "stolen");
        assertThat(bench.relay.revocation("user:42").issuedBefore()).isEqualTo(bench.start.getEpochSecond());
        revoked.undo().orElseThrow().work().perform("");
        assertThat(bench.relay.revocations).containsOnlyKeys("user:42");
    }

    @Test
    void aLiftedBanIsPutBackAsItWas() {
        bench.perform(proposals.banAddress("10.0.0.7", hour, "flood"), "");
        IpRuleRow before = bench.relay.address("10.0.0.7");
        Proposal lift = proposals.lift(GuardRules.wish(before));
        assertThat(lift.risk()).isEqualTo(Risk.UNDOABLE);
        Outcome outcome = bench.perform(lift, "");
        assertThat(bench.relay.addresses).isEmpty();
        outcome.undo().orElseThrow().work().perform("");
        assertThat(bench.relay.address("10.0.0.7")).isEqualTo(before);
        // Somebody else was faster.
        Proposal again = proposals.lift(GuardRules.wish(before));
        bench.relay.addresses.clear();
        assertThat(bench.perform(again, "").undo()).isEmpty();
    }

    @Test
    void anAllowanceIsNotWithdrawnWithAClick() {
        bench.perform(proposals.put(new BanWish(new BanWish.Network("10.0.0.7", IpRuleKind.ALLOW), hour, "")), "");
        BanWish rule = GuardRules.wish(bench.relay.address("10.0.0.7"));
        assertThat(proposals.lift(rule).risk()).isEqualTo(Risk.CONFIRM);
        bench.relay.own = Optional.of("10.0.0.7");
        assertThat(proposals.lift(rule).risk()).isEqualTo(Risk.TYPE_NAME);
    }

    @Test
    void groupsByAddressAndUserCanBeBanned() {
        assertThat(proposals.banGroup("ip/24", "10.0.0.0/24", hour, "").title()).isEqualTo("Ban 10.0.0.0/24");
        assertThat(proposals.banGroup("user", "42", hour, "").title()).isEqualTo("Ban user 42");
        assertThat(BanProposals.bansGroupsBy("colour")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> proposals.banGroup("colour", "blue", hour, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> proposals.banAddress("10.0.0.0/99", hour, ""));
    }

    @Test
    void aTextIsImportedAsAWholeAndUndoneAsAWhole() {
        BanImport lists = new BanImport(bench.workspace);
        bench.perform(proposals.banAddress("10.0.0.7", Optional.empty(), "old"), "");
        Proposal proposal =
                lists.propose("10.0.0.7 deny - new\n10.0.0.8\n", IpRuleKind.BAN, Optional.empty(), "list of today");
        assertThat(proposal.title()).isEqualTo("Import 2 rules");
        assertThat(proposal.risk()).isEqualTo(Risk.CONFIRM);
        assertThat(proposal.blast().orElseThrow().touched()).isEqualTo(2);
        assertThat(bench.relay.addresses).hasSize(1);
        Outcome outcome = bench.perform(proposal, "");
        assertThat(lists.export()).isEqualTo("10.0.0.7 deny - new\n10.0.0.8 ban - list of today\n");
        outcome.undo().orElseThrow().work().perform("");
        assertThat(lists.export()).isEqualTo("10.0.0.7 ban - old\n");
    }

    @Test
    void whatSomebodyElseDidSinceStaysWhenAnImportIsUndone() {
        BanImport lists = new BanImport(bench.workspace);
        bench.perform(proposals.banAddress("10.0.0.7", Optional.empty(), "old"), "");
        Outcome outcome = bench.perform(
                lists.propose("10.0.0.7\n10.0.0.8\n10.0.0.9\n", IpRuleKind.DENY, Optional.empty(), "today"), "");
        bench.perform(proposals.banAddress("10.0.0.7", Optional.empty(), "worse"), "");
        bench.perform(proposals.banAddress("10.0.0.1", Optional.empty(), "another"), "");
        bench.relay.addresses.remove("10.0.0.9");

        assertThat(outcome.undo().orElseThrow().work().perform("").sentence())
                .isEqualTo("The import is undone but for 2 rules that were changed since");
        assertThat(lists.export()).isEqualTo("10.0.0.1 ban - another\n10.0.0.7 ban - worse\n");
    }

    @Test
    void anImportWithAWideNetworkOrTheOwnAddressAsksForTheName() {
        BanImport lists = new BanImport(bench.workspace);
        assertThat(lists.propose("10.0.0.0/8", IpRuleKind.BAN, Optional.empty(), "")
                        .risk())
                .isEqualTo(Risk.TYPE_NAME);
        assertThat(lists.propose("10.0.0.0/8", IpRuleKind.ALLOW, Optional.empty(), "")
                        .risk())
                .isEqualTo(Risk.CONFIRM);
        bench.relay.own = Optional.of("192.0.2.1");
        Proposal own = lists.propose("192.0.2.1", IpRuleKind.BAN, Optional.empty(), "");
        assertThat(own.risk()).isEqualTo(Risk.TYPE_NAME);
        assertThat(own.warnings()).singleElement().asString().startsWith("This keeps you out");
    }
}
