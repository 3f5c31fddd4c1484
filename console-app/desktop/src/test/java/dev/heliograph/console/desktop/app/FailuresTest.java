package dev.heliograph.console.desktop.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.api.HttpAdminApi;
import dev.heliograph.console.api.Nodes;
import dev.heliograph.console.api.Trust;
import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.desktop.shell.ClusterLook;
import dev.heliograph.console.desktop.testing.SlowProxy;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.wire.NewToken;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.testkit.RelayCluster;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javafx.scene.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator sees, in the window of the application, when something is wrong with the cluster or the token.
class FailuresTest extends UiTest {

    private static RelayCluster relays;

    @TempDir
    private Path home;

    private final Tokens tokens = Tokens.inMemory();

    // Each test opens it, with a token of its own.
    @SuppressWarnings("NullAway.Init")
    private Wiring wiring;

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

    private Workspace open(String token, URI... addresses) {
        List<URI> all = addresses.length == 0 ? relays.adminUris() : List.of(addresses);
        runOnFx(() -> {
            wiring = Consoles.wiring(stage(), home, tokens);
            wiring.open(Consoles.target(ClusterLook.of("test", "staging"), all, token));
            wiring.window().show();
        });
        closeLater(() -> wiring.close());
        return wiring.window().clusters().getFirst().link().workspace();
    }

    /// One of the two: the port of the other may be taken meanwhile.
    private static int restartOne() {
        try {
            relays.relay(1).restart();
            return 1;
        } catch (IllegalStateException _) {
            relays.relay(0).restart();
            return 0;
        }
    }

    private static String place(int relay) {
        return relays.relay(relay).adminUri().getAuthority();
    }

    private List<LinkState> seen(Workspace workspace) {
        List<LinkState> seen = new CopyOnWriteArrayList<>();
        closeLater(workspace.link().listen(seen::add));
        return seen;
    }

    private void awaitLive() {
        await("no banner", () -> !isShown("link-banner"));
    }

    @Test
    void whenTheAttachedNodeDiesTheWindowGoesOnWithAnotherOne() {
        Workspace workspace = open(RelayCluster.OPERATOR);
        awaitLive();
        awaitText(place(0));
        awaitText("relay-2");
        List<LinkState> seen = seen(workspace);

        relays.relay(0).kill();

        awaitText(place(1));
        awaitNoText(place(0));
        assertThat(isShown("link-banner")).isFalse();
        assertThat(seen).noneMatch(LinkState.Stale.class::isInstance);
        // And it works: a page that was not open yet is read from the other node.
        click("page-bans");
        awaitText("No address is kept out");
    }

    @Test
    void whenAllNodesDieTheWindowSaysSinceWhenItIsStaleAndKeepsWhatItShows() {
        open(RelayCluster.OPERATOR);
        awaitLive();
        awaitText("relay-1");

        relays.relay(0).kill();
        relays.relay(1).kill();

        awaitText("Stale ");
        assertThat(isTextShown("None of the 2 nodes can be reached.")).isTrue();
        assertThat(isTextShown("the connection is refused")).isTrue();
        assertThat(isTextShown("relay-1")).isTrue();
        // It goes on counting; on a slow machine not every second is seen.
        await("a time that grows", () -> IntStream.range(3, 60).anyMatch(s -> isTextShown("Stale " + s + " s")));

        int back = restartOne();
        awaitLive();
        awaitText(place(back));
    }

    @Test
    void anExpiredTokenSignsOutAndAnotherOneGoesOn() {
        Workspace workspace = open(dev.heliograph.testkit.Tokens.operator(
                RelayCluster.OPERATOR_SECRET, "olga", "operator", Duration.ofMinutes(-5)));

        awaitText("Signed out: the token has expired");
        click("sign-in");
        awaitText("Another token for test");
        awaitText("The cluster does not accept the token of before: the token has expired");
        awaitText("kept in memory");
        write("token-field", "hgo_a-wrong-one");
        click("sign-in-again");
        awaitText("Signed out: the token is not known");
        assertThat(tokens.find("test")).isEmpty();

        click("sign-in");
        write("token-field", RelayCluster.OPERATOR);
        click("sign-in-again");
        awaitLive();
        awaitText("ann");
        awaitText("relay-2");
        assertThat(workspace.link().get()).isInstanceOf(LinkState.Live.class);
        await("it is kept", () -> tokens.find("test").equals(Optional.of(RelayCluster.OPERATOR)));
    }

    @Test
    void aTokenThatIsRevokedSignsOutAndWhatWasThereStays() {
        try (Nodes admin = new Nodes(relays.adminUris(), new Trust.Known(), RelayCluster.ADMIN, new Nobody())) {
            AdminApi api = new HttpAdminApi(admin);
            String token =
                    String.valueOf(api.createToken(new NewToken("olga", "operator", null), Change.because("for a test"))
                            .token());
            open(token);
            awaitText("olga");
            awaitText("relay-2");

            api.revokeToken("olga", Change.because("for a test"));

            awaitText("Signed out: the token is not known");
            assertThat(isTextShown("What you see is of before.")).isTrue();
            assertThat(isTextShown("relay-2")).isTrue();
        }
    }

    @Test
    void aRoleThatIsTooSmallIsOneSentenceAndNothingHappens() {
        open(RelayCluster.VIEWER);
        awaitLive();
        click("page-bans");
        awaitText("No address is kept out");
        click("ban-new");
        write("ban-whom", "203.0.113.0/24");
        awaitText("operator");
        click("ban-review");
        awaitText("needs the role operator");
        assertThat(isTextShown("viewer")).isTrue();
    }

    @Test
    void anApiThatTakesTwoSecondsIsLiveAndSaysThatItIsWorking() {
        SlowProxy slow = closeLater(new SlowProxy(relays.relay(0).adminUri(), Duration.ofSeconds(2)));
        Workspace workspace = open(RelayCluster.OPERATOR, slow.address());
        awaitText("Connecting.");
        awaitLive();
        List<LinkState> seen = seen(workspace);
        awaitText("relay-2");

        click("page-bans");
        awaitText("Reading");
        assertThat(isTextShown("Cancel")).isTrue();
        awaitText("No address is kept out");
        click("ban-new");
        write("ban-whom", "203.0.113.0/24");
        click("ban-review");
        // After 300 ms there is a sheet that can be given up.
        Node progress = find("progress");
        assertThat(progress).isNotNull();
        awaitText("Arm");
        assertThat(seen).allMatch(LinkState.Live.class::isInstance);
    }

    @Test
    void garbageIsSaidToBeNoRelayAndWhatWasThereStays() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        closeLater(() -> other.stop(0));
        byte[] page = "<html><body>It works!</body></html>".getBytes(UTF_8);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        other.start();
        open(
                RelayCluster.OPERATOR,
                URI.create("http://127.0.0.1:" + other.getAddress().getPort()));
        awaitText("not the admin API of a relay");
        awaitText("Stale ");
        // Other pages do not fill up with what is none.
        click("page-bans");
        awaitText("not the admin API of a relay");
        assertThat(isTextShown("It works!")).isFalse();
    }

    @Test
    void oneNodeThatAnswersGarbageIsLeftForAnother() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        closeLater(() -> other.stop(0));
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        other.start();
        open(
                RelayCluster.OPERATOR,
                URI.create("http://127.0.0.1:" + other.getAddress().getPort()),
                relays.relay(1).adminUri());
        awaitLive();
        awaitText(place(1));
    }

    private static final class Nobody implements Nodes.Observer {

        @Override
        public void answered() {}

        @Override
        public void troubled() {}

        @Override
        public void refused(AdminException cause) {}
    }
}
