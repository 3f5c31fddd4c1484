package dev.heliograph.console.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.console.action.Gate;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.api.StubNode;
import dev.heliograph.console.api.StubNode.Answer;
import dev.heliograph.console.api.Trust;
import dev.heliograph.console.wire.WhoAmI;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClusterLinkTest {

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private StubNode node(StubNode.Behaviour behaviour) {
        StubNode node = new StubNode(behaviour);
        open.add(node);
        return node;
    }

    private StubNode operatorNode() {
        return node(request -> request.target().equals("/v1/nodes")
                ? Answer.ok("{\"nodes\":[]}")
                : StubNode.whoAmI("ann", "operator"));
    }

    private ClusterLink link(StubNode... nodes) {
        List<URI> addresses =
                java.util.Arrays.stream(nodes).map(StubNode::address).toList();
        ClusterLink link = new ClusterLink("test", addresses, new Trust.Known(), "secret", Clock.systemUTC());
        open.add(link);
        return link;
    }

    private static <T extends LinkState> T become(ClusterLink link, Class<T> state) {
        return state.cast(await().until(() -> link.workspace().link().get(), state::isInstance));
    }

    @Test
    void itIsLiveWhenANodeAnswersAndKnowsTheRole() {
        StubNode node = operatorNode();
        ClusterLink link = link(node);
        assertThat(become(link, LinkState.Live.class).address()).isEqualTo(node.address());
        assertThat(link.workspace().gate().role().get()).contains(Role.OPERATOR);
    }

    @Test
    void itConnectsWhileTheFirstAnswerIsNotThere() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        StubNode node = node(_ -> {
            slow.await();
            return StubNode.whoAmI("ann", "viewer");
        });
        ClusterLink link = link(node);
        await().until(() -> !node.requests().isEmpty());
        assertThat(link.workspace().link().get()).isEqualTo(new LinkState.Connecting());
        slow.countDown();
        become(link, LinkState.Live.class);
    }

    @Test
    void itGoesToAnotherNodeWhenTheOneItIsAtDies() {
        StubNode first = operatorNode();
        StubNode second = operatorNode();
        ClusterLink link = link(first, second);
        become(link, LinkState.Live.class);
        List<LinkState> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        link.workspace().link().listen(seen::add);
        first.close();
        await().until(() -> link.workspace().link().get() instanceof LinkState.Live live
                && live.address().equals(second.address()));
        assertThat(seen).noneMatch(LinkState.Stale.class::isInstance);
        assertThat(link.workspace().api().nodes().nodes()).isEmpty();
    }

    @Test
    void aCallFindsTheOtherNodeAtOnce() {
        StubNode first = operatorNode();
        StubNode second = operatorNode();
        ClusterLink link = link(first, second);
        become(link, LinkState.Live.class);
        first.close();
        assertThat(link.workspace().api().nodes().nodes()).isEmpty();
    }

    @Test
    void itIsStaleWhenAllNodesAreGoneAndLiveWhenOneIsBack() {
        StubNode first = operatorNode();
        StubNode second = operatorNode();
        ClusterLink link = link(first, second);
        become(link, LinkState.Live.class);
        Instant before = Instant.now();
        first.close();
        second.close();
        LinkState.Stale stale = become(link, LinkState.Stale.class);
        assertThat(stale.cause().kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(stale.cause().sentence()).startsWith("None of the 2 nodes can be reached.");
        assertThat(stale.since()).isBefore(before.plusSeconds(1));

        StubNode back = new StubNode(second.port(), _ -> StubNode.whoAmI("ann", "operator"));
        open.add(back);
        link.retry();
        assertThat(become(link, LinkState.Live.class).address()).isEqualTo(back.address());
    }

    @Test
    void sinceWhenItIsStaleDoesNotMoveOn() {
        StubNode node = operatorNode();
        ClusterLink link = link(node);
        become(link, LinkState.Live.class);
        node.close();
        Instant since = become(link, LinkState.Stale.class).since();
        link.retry();
        assertThat(become(link, LinkState.Stale.class).since()).isEqualTo(since);
    }

    @Test
    void anExpiredTokenSignsOutAndTheClusterIsLeftAlone() {
        StubNode node = operatorNode();
        ClusterLink link = link(node);
        become(link, LinkState.Live.class);
        node.become(_ -> Answer.error(401, "unauthenticated", "the token has expired"));
        link.retry();
        LinkState.SignedOut out = become(link, LinkState.SignedOut.class);
        assertThat(out.cause().sentence()).isEqualTo("the token has expired");
        int asked = node.requests().size();
        link.retry();
        assertThatThrownBy(link.workspace().api()::nodes)
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHENTICATED));
        assertThat(node.requests()).hasSize(asked);

        node.become(request -> request.header().equals("Bearer new")
                ? StubNode.whoAmI("bob", "viewer")
                : Answer.error(401, "unauthenticated", "the token has expired"));
        assertThat(link.signIn("wrong"))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(AdminException.class);
        assertThat(link.signIn("new"))
                .succeedsWithin(Duration.ofSeconds(20))
                .extracting(WhoAmI::name)
                .isEqualTo("bob");
        assertThat(become(link, LinkState.Live.class).who().name()).isEqualTo("bob");
        assertThat(link.workspace().gate().role().get()).contains(Role.VIEWER);
    }

    @Test
    void aRefusalOfAnyCallSignsOut() {
        StubNode node = node(request -> request.target().equals("/v1/nodes")
                ? Answer.error(401, "unauthenticated", "the token is not known")
                : StubNode.whoAmI("ann", "operator"));
        ClusterLink link = link(node);
        become(link, LinkState.Live.class);
        assertThatThrownBy(link.workspace().api()::nodes).isInstanceOf(AdminException.class);
        become(link, LinkState.SignedOut.class);
    }

    @Test
    void aTokenThatIsToldToWaitIsNotAccepted() {
        StubNode node = node(_ -> Answer.error(429, "too_many_requests", "wait 30 seconds"));
        assertThat(become(link(node), LinkState.SignedOut.class).cause().sentence())
                .isEqualTo("wait 30 seconds");
    }

    @Test
    void aRoleThatIsTooSmallIsRefusedWithASentence() {
        StubNode node = node(_ -> StubNode.whoAmI("vic", "viewer"));
        ClusterLink link = link(node);
        become(link, LinkState.Live.class);
        Proposal ban = new Proposal(
                "ip_rule.put",
                "Ban",
                Risk.CONFIRM,
                Role.OPERATOR,
                List.of(),
                Optional.empty(),
                List.of(),
                _ -> new Proposal.Outcome("", Optional.empty()));
        Gate gate = link.workspace().gate();
        gate.arm(Duration.ofMinutes(5));
        assertThat(gate.demandOf(ban))
                .isEqualTo(new Gate.Demand.Refused(
                        "This needs the role operator; your token has the role viewer.", false));
    }

    @Test
    void garbageIsStaleAndSaysWhatAnswers() {
        StubNode node = node(_ -> Answer.ok("<html>It works!</html>"));
        LinkState.Stale stale = become(link(node), LinkState.Stale.class);
        assertThat(stale.cause().kind()).isEqualTo(Kind.GARBAGE);
        assertThat(stale.cause().sentence()).contains("not the admin API");
    }

    @Test
    void aClosedLinkAsksNoMore() {
        StubNode node = operatorNode();
        ClusterLink link = link(node);
        become(link, LinkState.Live.class);
        link.close();
        int asked = node.requests().size();
        link.retry();
        assertThat(link.workspace().background().call(() -> 1)).isCancelled();
        assertThat(node.requests()).hasSize(asked);
    }
}
