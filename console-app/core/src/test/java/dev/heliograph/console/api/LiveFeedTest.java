package dev.heliograph.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.AuditMessage;
import dev.heliograph.console.wire.Hello;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleWish;
import dev.heliograph.console.wire.NodesMessage;
import dev.heliograph.console.wire.StreamMessage;
import dev.heliograph.console.wire.TailEnd;
import dev.heliograph.console.wire.Topic;
import dev.heliograph.testkit.RelayCluster;
import dev.heliograph.testkit.RelayProcess;
import dev.heliograph.testkit.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The live stream of real relays.
final class LiveFeedTest {

    private static RelayCluster relays;

    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startRelays() {
        relays = RelayCluster.start(2);
    }

    @AfterAll
    static void stopRelays() {
        relays.close();
    }

    /// Others on this machine may have taken the ports of one that has died: the next test gets new ones.
    @BeforeEach
    void renewRelays() {
        if (!relays.relays().stream().allMatch(RelayProcess::isRunning)) {
            relays.close();
            relays = RelayCluster.start(2);
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private Nodes nodes(String token, URI... addresses) {
        List<URI> all = addresses.length == 0 ? relays.adminUris() : List.of(addresses);
        Nodes nodes = new Nodes(all, new Trust.Known(), token, new Silent());
        open.add(nodes);
        return nodes;
    }

    private Heard watch(Nodes nodes, StreamWish wish) {
        Heard heard = new Heard();
        Watch watch = nodes.live().watch(wish, heard);
        open.add(watch);
        return heard;
    }

    @Test
    void helloComesFirstAndThenWhatIsWatched() {
        Heard heard = watch(nodes(RelayCluster.VIEWER), StreamWish.of(Topic.NODES));
        await().until(() -> heard.count(NodesMessage.class) > 0);
        assertThat(heard.messages.getFirst()).isEqualTo(new Hello("hello", "vera", List.of(Topic.NODES)));
    }

    @Test
    void whatHappensIsSeen() {
        Nodes nodes = nodes(RelayCluster.OPERATOR);
        Heard heard = watch(nodes, StreamWish.of(Topic.AUDIT));
        await().until(() -> heard.count(Hello.class) == 1);
        new HttpAdminApi(nodes)
                .putIpRule(new IpRuleWish("203.0.113.7/32", IpRuleKind.BAN, null), Change.because("flood"));
        await().until(() -> heard.messages.stream()
                .anyMatch(message -> message instanceof AuditMessage line
                        && line.entry().reason().equals("flood")
                        && line.entry().operator().equals("ann")));
    }

    @Test
    void itIsTakenUpAtAnotherNodeWithHelloAgain() {
        Heard heard = watch(nodes(RelayCluster.VIEWER), StreamWish.of(Topic.NODES));
        await().until(() -> heard.count(NodesMessage.class) > 0);
        relays.relay(0).kill();
        await().until(() -> heard.count(Hello.class) == 2);
        assertThat(heard.interruptions).isNotEmpty();
        assertThat(heard.interruptions.getFirst().kind()).isEqualTo(Kind.UNREACHABLE);
        int before = heard.count(NodesMessage.class);
        await().until(() -> heard.count(NodesMessage.class) > before);
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void itComesBackWhenAllNodesWereGone() {
        Heard heard = watch(nodes(RelayCluster.VIEWER), StreamWish.of(Topic.NODES));
        await().until(() -> heard.count(Hello.class) == 1);
        relays.relay(0).kill();
        relays.relay(1).kill();
        await().until(() -> heard.interruptions.size() >= 2);
        relays.relay(1).restart();
        await().atMost(Duration.ofSeconds(20)).until(() -> heard.count(Hello.class) == 2);
    }

    @Test
    void aNodeThatHangsIsFoundOut() {
        RelayProcess hanging = relays.relay(0);
        Heard heard = watch(nodes(RelayCluster.VIEWER), StreamWish.of(Topic.NODES));
        await().until(() -> heard.count(Hello.class) == 1);
        hanging.pause();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> heard.count(Hello.class) == 2);
        } finally {
            hanging.resume();
        }
    }

    @Test
    void aRoleThatIsTooSmallEndsItWithTheSentenceOfTheApi() {
        Heard heard = watch(nodes(RelayCluster.VIEWER), StreamWish.of(Topic.AUDIT));
        await().until(() -> !heard.ends.isEmpty());
        assertThat(heard.ends.getFirst().kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(heard.ends.getFirst().sentence()).isEqualTo("the topic audit needs the role operator");
        assertThat(heard.messages).isEmpty();
    }

    @Test
    void aWishThatMakesNoSenseEndsIt() {
        Heard heard = watch(
                nodes(RelayCluster.OPERATOR), StreamWish.of(Topic.CONNECTIONS).with("q", "queue >"));
        await().until(() -> !heard.ends.isEmpty());
        assertThat(heard.ends.getFirst().kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void oneThatEndsByItselfIsNotTakenUpAgain() {
        Heard heard = watch(
                nodes(RelayCluster.OPERATOR),
                StreamWish.of(Topic.TAIL).with("channel", "chat:lobby").with("duration_ms", "1000"));
        await().until(() -> !heard.ends.isEmpty());
        assertThat(heard.messages.getLast()).isInstanceOf(TailEnd.class);
        assertThat(heard.count(Hello.class)).isEqualTo(1);
    }

    @Test
    void anExpiredTokenWaitsForAnother() {
        Nodes nodes = nodes(Tokens.operator(RelayCluster.OPERATOR_SECRET, "old", "viewer", Duration.ofMinutes(-5)));
        Heard heard = watch(nodes, StreamWish.of(Topic.NODES));
        await().until(nodes::isSignedOut);
        await().until(() -> !heard.interruptions.isEmpty());
        assertThat(heard.interruptions.getFirst().kind()).isEqualTo(Kind.UNAUTHENTICATED);
        nodes.signIn(RelayCluster.VIEWER);
        await().until(() -> heard.count(NodesMessage.class) > 0);
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void anotherServerIsNotTheStream() {
        try (StubNode other = new StubNode(_ -> StubNode.Answer.ok("<html>It works!</html>"))) {
            Heard heard = watch(nodes(RelayCluster.VIEWER, other.address()), StreamWish.of(Topic.NODES));
            await().until(() -> !heard.interruptions.isEmpty());
            assertThat(heard.interruptions.getFirst().kind()).isEqualTo(Kind.GARBAGE);
        }
    }

    @Test
    void aClosedWatchHearsNothingMore() throws Exception {
        Nodes nodes = nodes(RelayCluster.VIEWER);
        Heard heard = new Heard();
        Watch watch = nodes.live().watch(StreamWish.of(Topic.NODES), heard);
        await().until(() -> heard.count(NodesMessage.class) > 0);
        watch.close();
        Heard later = watch(nodes, StreamWish.of(Topic.NODES));
        int before = heard.messages.size();
        await().until(() -> later.count(NodesMessage.class) > 1);
        assertThat(heard.messages.size()).isLessThanOrEqualTo(before + 1);
        assertThat(heard.ends).isEmpty();
    }

    private static final class Heard implements LiveFeed.Listener {

        private final List<StreamMessage> messages = new CopyOnWriteArrayList<>();
        private final List<AdminException> interruptions = new CopyOnWriteArrayList<>();
        private final List<AdminException> ends = new CopyOnWriteArrayList<>();

        int count(Class<? extends StreamMessage> type) {
            return (int) messages.stream().filter(type::isInstance).count();
        }

        @Override
        public void onMessage(StreamMessage message) {
            messages.add(message);
        }

        @Override
        public void onInterrupted(AdminException cause) {
            interruptions.add(cause);
        }

        @Override
        public void onEnd(AdminException cause) {
            ends.add(cause);
        }
    }

    private static final class Silent implements Nodes.Observer {

        @Override
        public void answered() {}

        @Override
        public void troubled() {}

        @Override
        public void refused(AdminException cause) {}
    }
}
