package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.server.admin.AdminUnderTest.Answer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A deployment that is told to a relay, and what the relay tells of it.
class DeploymentApiTest {

    private static final String PATH = "/v1/deployment";

    @TempDir
    private Path directory;

    private AdminUnderTest api;

    @BeforeEach
    void start() {
        api = new AdminUnderTest(directory, "");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static ObjectNode deployment(String id, long started, String phase, long updated) {
        ObjectNode body = AdminUnderTest.JSON.createObjectNode();
        body.put("id", id)
                .put("version", "1.2.0")
                .put("previous", "1.1.0")
                .put("from", "blue")
                .put("to", "green")
                .put("strategy", "blue_green")
                .put("phase", phase)
                .put("canary_percent", 5)
                .put("by", "alice@ops1")
                .put("started_ms", started)
                .put("updated_ms", updated)
                .put("note", "all is well");
        body.putArray("verdicts");
        return body;
    }

    private static ObjectNode judged(ObjectNode deployment, String verdict, String... reasons) {
        ObjectNode each = deployment.withArrayProperty("verdicts").addObject();
        each.put("percent", 5).put("verdict", verdict);
        each.putArray("reasons");
        for (String reason : reasons) {
            each.withArrayProperty("reasons").add(reason);
        }
        each.put("at_ms", 3);
        return deployment;
    }

    private Answer put(JsonNode body) {
        return api.put(Role.OPERATOR, PATH, body.toString());
    }

    private void accepted(JsonNode body) {
        Answer answer = put(body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().path("deployment").toString()).isEqualTo(body.toString());
        assertThat(api.get(Role.VIEWER, PATH).body().toString()).isEqualTo(body.toString());
    }

    private void refused(JsonNode body, int status, String message) {
        JsonNode before = api.get(Role.VIEWER, PATH).body();
        Answer answer = put(body);
        assertThat(answer.status()).as(message).isEqualTo(status);
        assertThat(answer.body().at("/error/message").asText()).contains(message);
        assertThat(api.get(Role.VIEWER, PATH).body()).isEqualTo(before);
    }

    private List<String> record() {
        JsonNode entries =
                api.get(Role.OPERATOR, "/v1/audit?action=deployment.put").body().path("entries");
        return StreamSupport.stream(entries.spliterator(), false)
                .map(line -> line.path("target").asText() + " "
                        + line.path("outcome").asText().replaceFirst(":.*", ""))
                .toList()
                .reversed();
    }

    @Test
    void thereIsNoneBeforeTheFirst() {
        Answer none = api.get(Role.VIEWER, PATH);
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.body().at("/error/message").asText()).isEqualTo("there was no deployment yet");
    }

    @Test
    void whatIsToldLastIsShownToViewers() {
        accepted(deployment("a", 1, "preflight", 1));
        accepted(judged(deployment("a", 1, "canary", 2), "fail", "p99 31 ms against 12 ms"));
        accepted(deployment("a", 1, "rolling_back", 3));
        accepted(deployment("a", 1, "rolled_back", 4));
    }

    @Test
    void itSurvivesARestart() {
        accepted(deployment("a", 1, "bake", 2));
        api.close();
        api = new AdminUnderTest(directory, "");
        assertThat(api.get(Role.VIEWER, PATH).body().toString())
                .isEqualTo(deployment("a", 1, "bake", 2).toString());
    }

    @Test
    void whatMayBeLeftOutIsEmpty() {
        ObjectNode body = deployment("a", 1, "install", 1);
        body.remove(List.of("previous", "from", "to", "canary_percent", "note", "verdicts"));
        body.put("strategy", "rolling");
        assertThat(put(body).status()).isEqualTo(200);
        JsonNode stored = api.get(Role.VIEWER, PATH).body();
        assertThat(stored.path("previous").asText("none")).isEmpty();
        assertThat(stored.path("canary_percent").asInt(-1)).isZero();
        assertThat(stored.path("verdicts").isArray()).isTrue();
    }

    @Test
    void onlyOperatorsTellOne() {
        Answer answer =
                api.put(Role.VIEWER, PATH, deployment("a", 1, "preflight", 1).toString());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(api.get(Role.VIEWER, PATH).status()).isEqualTo(404);
    }

    @Test
    void aDryRunChangesNothing() {
        Answer answer = api.put(
                Role.OPERATOR,
                PATH + "?dry_run=true",
                deployment("a", 1, "preflight", 1).toString());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("dry_run").asBoolean()).isTrue();
        assertThat(api.get(Role.VIEWER, PATH).status()).isEqualTo(404);
        accepted(deployment("a", 5, "preflight", 5));
        assertThat(api.put(
                                Role.OPERATOR,
                                PATH + "?dry_run=true",
                                deployment("b", 4, "preflight", 9).toString())
                        .status())
                .isEqualTo(409);
    }

    @Test
    void whatComesLateIsRefused() {
        accepted(deployment("a", 10, "switch", 20));
        refused(deployment("a", 10, "canary", 19), 409, "the deployment a is known as of 20, which is later than 19");
        accepted(deployment("a", 10, "drain", 20));
        accepted(deployment("a", 10, "done", 21));
        refused(deployment("a", 10, "bake", 20), 409, "later than 20");
    }

    @Test
    void anotherDeploymentTakesThePlaceOfOneThatIsFinishedOrIsOlder() {
        accepted(deployment("a", 10, "canary", 20));
        refused(deployment("b", 10, "preflight", 30), 409, "the deployment a is not finished (canary), and b did not");
        refused(deployment("b", 9, "preflight", 30), 409, "did not begin after it");
        accepted(deployment("b", 11, "preflight", 11));
        refused(deployment("a", 10, "switch", 40), 409, "the deployment b is not finished (preflight)");
        accepted(deployment("b", 11, "failed", 12));
        accepted(deployment("c", 9, "preflight", 9));
    }

    @Test
    void whatIsWrongIsNamed() {
        accepted(deployment("a", 1, "preflight", 1));
        ObjectNode fifty = deployment("a", 1, "canary", 2);
        for (int i = 0; i < 50; i++) {
            judged(fifty, "pass");
        }
        String[] ten = new String[10];
        Arrays.fill(ten, "r".repeat(200));
        accepted(fifty);
        record Case(JsonNode body, String message) {}
        ObjectNode good = deployment("a", 1, "canary", 3);
        for (Case each : new Case[] {
            new Case(good.deepCopy().put("id", ""), "id is not 1 to 64 letters"),
            new Case(good.deepCopy().put("id", "a b"), "id is not 1 to 64 letters"),
            new Case(good.deepCopy().put("version", ""), "version has 1 to 64 characters, not 0"),
            new Case(good.deepCopy().put("from", "b".repeat(65)), "from has 0 to 64 characters, not 65"),
            new Case(good.deepCopy().put("by", "b".repeat(129)), "by has 1 to 128 characters, not 129"),
            new Case(good.deepCopy().put("note", "n".repeat(501)), "note has 0 to 500 characters, not 501"),
            new Case(good.deepCopy().put("canary_percent", 101), "canary_percent is 0 to 100, not 101"),
            new Case(good.deepCopy().put("started_ms", 0), "started_ms is needed"),
            new Case(good.deepCopy().put("started_ms", 4), "updated_ms is before started_ms"),
            new Case(good.deepCopy().put("started_ms", "1"), "started_ms has the wrong type"),
            new Case(good.deepCopy().put("colour", "red"), "a field 'colour' that is not known"),
            new Case(good.deepCopy().without("phase"), "phase is needed"),
            new Case(
                    good.deepCopy().put("phase", "half"),
                    "phase is none of preflight, install, smoke, canary, switch, drain, bake, retire, done,"
                            + " rolling_back, rolled_back, failed"),
            new Case(good.deepCopy().put("strategy", "hope"), "strategy is none of blue_green, rolling"),
            new Case(
                    judged(good.deepCopy(), "good"),
                    "verdicts[0].verdict is none of pass, fail, inconclusive, running"),
            new Case(judged(good.deepCopy(), "pass", ""), "verdicts[0].reasons[0] has 1 to 200 characters, not 0"),
            new Case(
                    judged(judged(good.deepCopy(), "pass", ten), "pass", "r".repeat(201)),
                    "verdicts[1].reasons[0] has 1 to 200 characters, not 201"),
            new Case(
                    judged(good.deepCopy(), "pass", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"),
                    "verdicts[0].reasons are at most 10, not 11"),
            new Case(judged(fifty.deepCopy(), "pass"), "verdicts are at most 50, not 51"),
        }) {
            refused(each.body(), 400, each.message());
        }
    }

    @Test
    void onlyWhatIsNewsIsOnRecord() {
        accepted(deployment("a", 1, "preflight", 1));
        accepted(deployment("a", 1, "preflight", 2).put("note", "relay1 is fine"));
        accepted(deployment("a", 1, "canary", 3));
        accepted(judged(deployment("a", 1, "canary", 4), "running"));
        accepted(judged(deployment("a", 1, "canary", 5), "running", "400 of 1000 requests"));
        accepted(judged(deployment("a", 1, "canary", 6), "pass"));
        refused(deployment("a", 1, "canary", 5), 409, "later");
        assertThat(record())
                .containsExactly(
                        "1.2.0 preflight (a) ok",
                        "1.2.0 canary (a) ok",
                        "1.2.0 canary (a) ok",
                        "1.2.0 canary (a) ok",
                        "1.2.0 canary (a) refused");
        JsonNode newest = api.get(Role.OPERATOR, "/v1/audit?limit=2")
                .body()
                .path("entries")
                .path(1);
        assertThat(newest.at("/before/verdicts/0/verdict").asText()).isEqualTo("running");
        assertThat(newest.at("/after/verdicts/0/verdict").asText()).isEqualTo("pass");
    }
}
