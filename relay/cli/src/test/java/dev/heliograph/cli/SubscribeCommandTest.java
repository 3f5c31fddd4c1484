package dev.heliograph.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class SubscribeCommandTest {

    private final RelayFixture relay = new RelayFixture();

    @AfterAll
    void end() {
        relay.close();
    }

    @Test
    void printsTheHistorySinceAPositionALineEach() {
        String first = relay.publish("chat:1", "{\"n\":1}").out().strip();
        relay.publish("chat:1", "{\"n\":\n2}");
        relay.publish("--as", "text", "chat:1", "three");
        Cli.Run run = subscribe("--since", first, "--count", "2", "chat:1");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).containsExactly("{\"n\": 2}", "\"three\"");
        assertThat(run.err().lines()).containsExactly("subscribed to chat:1", "go on with --since " + at(3, first));
    }

    @Test
    void anEndedSubscriptionGoesOnWhereItSaysItCan() {
        String first = relay.publish("chat:resume", "1").out().strip();
        relay.publish("chat:resume", "2");
        relay.publish("chat:resume", "3");
        Cli.Run run = subscribe("--since", first, "-n", "1", "chat:resume");
        String position = run.err().replaceAll("(?s).*--since (\\S+)\\s*", "$1");
        assertThat(position).isEqualTo(at(2, first));
        assertThat(subscribe("--since", position, "-n", "1", "chat:resume")
                        .out()
                        .strip())
                .isEqualTo("3");
    }

    @Test
    void jsonHasPositionTagsAndData() {
        String first = relay.publish("chat:json", "0").out().strip();
        relay.publish("--tag", "a=b", "chat:json", "{\"n\": 1}");
        assertThat(subscribe("--json", "--since", first, "-n", "1", "chat:json")
                        .out()
                        .strip())
                .isEqualTo("{\"position\":\"" + at(2, first) + "\",\"tags\":{\"a\":\"b\"},\"data\":{\"n\": 1}}");
    }

    @Test
    void binaryDataGoesAsBase64WhenItDoesNotFitALine() {
        String first = relay.publish("chat:binary", "0").out().strip();
        relay.publish("--as", "binary", "chat:binary", "two\nlines");
        relay.publish("--as", "binary", "chat:binary", "one line");
        assertThat(subscribe("--since", first, "-n", "2", "chat:binary").out().lines())
                .containsExactly("dHdvCmxpbmVz", "one line");
    }

    @Test
    void aHistoryThatDoesNotReachBackIsTold() {
        String first = relay.publish("chat:gap", "1").out().strip();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CompletableFuture<Integer> run = running(out, err, "--since", "1:elsewhere", "-n", "1", "chat:gap");
        await().until(() -> err.toString().contains("subscribed"));
        relay.publish("chat:gap", "2");
        assertThat(run.join()).isZero();
        assertThat(err.toString().lines())
                .startsWith("subscribed to chat:gap; the history does not reach back, publications are missing");
        assertThat(out.toString().lines()).last().isEqualTo("2");
        assertThat(first).startsWith("1:");
    }

    @Test
    void printsWhatIsPublishedWhileItRuns() throws ExecutionException, InterruptedException, TimeoutException {
        String token = Cli.run("token", "--secret", RelayFixture.SECRET, "--user", "42")
                .out()
                .strip();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CompletableFuture<Integer> run = running(out, err, "--token", token, "-n", "1", "users:1");
        await().until(() -> err.toString().contains("subscribed to users:1"));
        relay.publish("users:1", "{\"now\":true}");
        assertThat(run.get(30, SECONDS)).isZero();
        assertThat(out.toString().strip()).isEqualTo("{\"now\":true}");
    }

    @Test
    void aRefusedSubscriptionIsOneLine() {
        assertFailure(
                subscribe("users:1"),
                "heliograph subscribe: users:1: subscription refused or ended: 103 permission denied");
    }

    @Test
    void aWrongTokenIsOneLine() {
        String url = relay.websocket() + "/connection/websocket";
        assertFailure(
                subscribe("--token", "wrong", "chat:1"),
                "heliograph subscribe: " + url + ": disconnected: 3500 invalid token");
    }

    @Test
    void aWrongPathIsOneLine() {
        String url = relay.websocket() + "/nowhere";
        assertFailure(
                Cli.run("subscribe", "--url", url, "chat:1"),
                "heliograph subscribe: " + url + ": the handshake was refused with HTTP status 404");
    }

    @Test
    void aRefusedConnectionIsOneLine() throws IOException {
        String url = "ws://127.0.0.1:" + RelayFixture.unusedPort();
        assertFailure(
                Cli.run("subscribe", "--url", url, "chat:1"),
                "heliograph subscribe: " + url + "/connection/websocket: cannot connect; is a relay running there?");
    }

    @Test
    void aCountBelowOneIsWrongUsage() {
        assertThat(subscribe("--count", "0", "chat:1").exitCode()).isEqualTo(2);
    }

    private Cli.Run subscribe(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = running(out, err, args).join();
        return new Cli.Run(exitCode, out.toString(), err.toString());
    }

    private CompletableFuture<Integer> running(StringWriter out, StringWriter err, String... args) {
        String[] all = new String[args.length + 3];
        all[0] = "subscribe";
        all[1] = "--url";
        all[2] = relay.websocket();
        System.arraycopy(args, 0, all, 3, args.length);
        return CompletableFuture.supplyAsync(() -> Cli.run(Map.of(), "", out, err, all), Thread::startVirtualThread);
    }

    private static String at(int offset, String position) {
        return offset + position.substring(position.indexOf(':'));
    }

    private static void assertFailure(Cli.Run run, String line) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).containsExactly(line);
    }
}
