package dev.heliograph.console.bans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.api.Trust;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleWish;
import dev.heliograph.console.workspace.ClusterLink;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.testkit.RelayCluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Lists of rules against a real relay.
final class BanImportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static RelayCluster relays;

    private ClusterLink ann;
    private ClusterLink adam;
    private BanImport lists;

    @BeforeAll
    static void startRelay() {
        relays = RelayCluster.start(1);
    }

    @AfterAll
    static void stopRelay() {
        relays.close();
    }

    private static ClusterLink link(String token) {
        ClusterLink link = new ClusterLink("test", relays.adminUris(), new Trust.Known(), token, Clock.systemUTC());
        await().atMost(PATIENCE).until(() -> link.workspace().link().get() instanceof LinkState.Live);
        return link;
    }

    @BeforeEach
    void connect() {
        ann = link(RelayCluster.OPERATOR);
        adam = link(RelayCluster.ADMIN);
        lists = new BanImport(ann.workspace());
    }

    @AfterEach
    void disconnect() {
        Workspace workspace = adam.workspace();
        workspace
                .api()
                .ipRules("", Optional.empty(), 1_000)
                .rules()
                .forEach(rule -> workspace.api().deleteIpRule(rule.cidr(), Change.because("the test is over")));
        ann.close();
        adam.close();
    }

    private static void put(ClusterLink by, String cidr, IpRuleKind kind, Optional<Instant> end, String reason) {
        AdminApi api = by.workspace().api();
        api.putIpRule(new IpRuleWish(cidr, kind, end.map(Instant::toEpochMilli).orElse(null)), Change.because(reason));
    }

    private Outcome bring(String text) {
        return lists.propose(text, IpRuleKind.BAN, Optional.empty(), "list of today")
                .work()
                .perform("");
    }

    @Test
    void whatWasAddedGoesAndWhatWasReplacedComesBack() {
        Optional<Instant> tomorrow = Optional.of(Instant.now().plus(1, ChronoUnit.DAYS));
        put(ann, "198.51.100.7", IpRuleKind.DENY, tomorrow, "slow, ticket 12");
        put(ann, "2001:db8::/48", IpRuleKind.ALLOW, Optional.empty(), "the office");
        put(ann, "192.0.2.0/24", IpRuleKind.BAN, Optional.empty(), "not in the list");
        String before = lists.export();
        String many = IntStream.range(0, 700)
                .mapToObj(i -> "203.0." + i / 250 + "." + i % 250)
                .collect(Collectors.joining("\n"));

        Outcome outcome = bring("198.51.100.7/32\n2001:DB8:0:0::/48 ban - all of it\n" + many);
        assertThat(lists.export().lines()).hasSize(703).contains("2001:db8::/48 ban - all of it");
        assertThat(outcome.undo().orElseThrow().work().perform("").sentence()).isEqualTo("The import is undone");

        assertThat(lists.export()).isEqualTo(before);
    }

    @Test
    void whatSomebodyElseDoesMeanwhileStays() {
        Outcome outcome = bring("198.51.100.7\n198.51.100.8\n");
        put(adam, "198.51.100.7", IpRuleKind.DENY, Optional.empty(), "less is enough");
        put(adam, "198.51.100.9", IpRuleKind.BAN, Optional.empty(), "this one, too");
        outcome.undo().orElseThrow().work().perform("");

        assertThat(lists.export().lines())
                .containsExactly("198.51.100.7 deny - less is enough", "198.51.100.9 ban - this one, too");
    }

    @Test
    void whatWasReplacedAndIsOverDoesNotComeBack() {
        Instant soon = Instant.now().plusSeconds(2);
        put(ann, "198.51.100.7", IpRuleKind.DENY, Optional.of(soon), "for a moment");
        put(ann, "198.51.100.8", IpRuleKind.DENY, Optional.empty(), "for longer");
        Outcome outcome = bring("198.51.100.7\n198.51.100.8\n");
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(soon));
        outcome.undo().orElseThrow().work().perform("");

        assertThat(lists.export().lines()).containsExactly("198.51.100.8 deny - for longer");
    }
}
