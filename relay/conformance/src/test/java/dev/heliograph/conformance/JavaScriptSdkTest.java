package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// The official JavaScript SDK against a relay of its own process; the scenarios are in `src/test/js`, and `run.mjs`
/// runs all of one encoding side by side.
@ExtendWith(SdkWorld.Extension.class)
class JavaScriptSdkTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> holdsInJson(SdkWorld world) throws InterruptedException {
        return run("json", world);
    }

    @TestFactory
    Stream<DynamicTest> holdsInProtobuf(SdkWorld world) throws InterruptedException {
        return run("protobuf", world);
    }

    private static Stream<DynamicTest> run(String encoding, SdkWorld world) throws InterruptedException {
        Process process = NodeScript.start("run.mjs", List.of(encoding), Map.of("HELIOGRAPH_WORLD", world.describe()));
        List<JsonNode> outcomes = NodeScript.output(process).stream()
                .map(JavaScriptSdkTest::parse)
                .toList();
        int exit = process.waitFor();
        boolean allHeld = outcomes.stream().allMatch(each -> each.get("failure").isNull());
        DynamicTest ending = dynamicTest("all scenarios were run", () -> {
            assertThat(outcomes).isNotEmpty();
            assertThat(exit).isEqualTo(allHeld ? 0 : 1);
        });
        return Stream.concat(
                outcomes.stream().map(each -> dynamicTest(each.get("name").asText(), () -> check(each))),
                Stream.of(ending));
    }

    private static void check(JsonNode outcome) {
        if (!outcome.get("failure").isNull()) {
            fail(outcome.get("failure").asText());
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not an outcome: " + line, e);
        }
    }
}
