package dev.heliograph.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.testkit.FreePort;
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
        String first = publish("chat:1", "{\"n\":1}");
        publish("chat:1", "{\"n\":\n2}");
        publish("--as", "text", "chat:1", "three");
        Cli.Run run = subscribe("--since", first, "--count", "2", "chat:1");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).containsExactly("{\"n\": 2}", "\"three\"");
        assertThat(run.err().lines()).containsExactly("subscribed to chat:1", "go on with --since " + at(3, first));
    }

    @Test
    void anEndedSubscriptionGoesOnWhereItSaysItCan() {
        String first = publish("chat:resume", "1");
        publish("chat:resume", "2");
        publish("chat:resume", "3");
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
        String first = publish("chat:json", "0");
        publish("--tag", "a=b", "chat:json", "{\"n\": 1}");
        assertThat(subscribe("--json", "--since", first, "-n", "1", "chat:json")
                        .out()
                        .strip())
                .isEqualTo("{\"position\":\"" + at(2, first) + "\",\"tags\":{\"a\":\"b\"},\"data\":{\"n\": 1}}");
    }

    @Test
    void binaryDataGoesAsBase64WhenItDoesNotFitALine() {
        String first = publish("raw:1", "0");
        publish("--as", "binary", "raw:1", "two\nlines");
        publish("--as", "binary", "raw:1", "one line");
        assertThat(subscribe("--since", first, "-n", "2", "raw:1").out().lines())
                .containsExactly("dHdvCmxpbmVz", "one line");
    }

    @Test
    void aHistoryThatDoesNotReachBackIsTold() {
        String first = publish("chat:gap", "1");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CompletableFuture<Integer> run = running(out, err, "--since", "1:elsewhere", "-n", "1", "chat:gap");
        await().until(() -> err.toString().contains("subscribed"));
        publish("chat:gap", "2");
        assertThat(exitCode(run, err)).isZero();
        assertThat(err.toString().lines())
                .startsWith("subscribed to chat:gap; the history does not reach back, publications are missing");
        assertThat(out.toString().lines()).last().isEqualTo("2");
        assertThat(first).startsWith("1:");
    }

    @Test
    void printsWhatIsPublishedWhileItRuns() {
        String token = Cli.run("token", "--secret", RelayFixture.SECRET, "--user", "42")
                .out()
                .strip();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CompletableFuture<Integer> run = running(out, err, "--token", token, "-n", "1", "users:1");
        await().until(() -> err.toString().contains("subscribed to users:1"));
        publish("users:1", "{\"now\":true}");
        assertThat(exitCode(run, err)).isZero();
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
        String url = "ws://127.0.0.1:" + FreePort.find();
        assertFailure(
                Cli.run("subscribe", "--url", url, "chat:1"),
                "heliograph subscribe: " + url + "/connection/websocket: cannot connect; is a relay running there?");
    }

    @Test
    void aCountBelowOneIsWrongUsage() {
        assertThat(subscribe("--count", "0", "chat:1").exitCode()).isEqualTo(2);
    }

    /// Publishes, which must succeed.
    ///
    /// @return the position
    private String publish(String... args) {
        Cli.Run run = relay.publish(args);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().strip();
    }

    private Cli.Run subscribe(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = exitCode(running(out, err, args), err);
        return new Cli.Run(exitCode, out.toString(), err.toString());
    }

    /// Waits for a command. Not `join`, which no timeout of a test can end.
    private static int exitCode(CompletableFuture<Integer> run, StringWriter err) {
        try {
            return run.get(30, SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the command does not end; it said: " + err, e);
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
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
