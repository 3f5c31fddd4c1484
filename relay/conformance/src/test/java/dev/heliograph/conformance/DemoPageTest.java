package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The demo page in headless Chromium, served by a relay with the configuration of `make demo`; the scenarios
/// are in `src/test/js/page.mjs`.
class DemoPageTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CONFIGURATION = Path.of("..", "..", "examples", "demo.yaml");

    @TestFactory
    Stream<DynamicTest> thePageShowsWhatTheLineDoes() throws IOException, InterruptedException {
        String yaml = Files.readString(CONFIGURATION).replace("port: 8000", "port: 0");
        List<DynamicTest> tests = new ArrayList<>();
        try (RelayProcess relay = RelayProcess.start(yaml)) {
            String world = JSON.valueToTree(Map.of("url", relay.url(), "apiKey", "demo"))
                    .toString();
            Process process = NodeScript.start("page.mjs", List.of(), Map.of("HELIOGRAPH_PAGE", world));
            for (String line : NodeScript.output(process)) {
                JsonNode outcome = JSON.readTree(line);
                tests.add(dynamicTest(outcome.get("name").asText(), () -> check(outcome)));
            }
            int exit = process.waitFor();
            tests.add(dynamicTest(
                    "all scenarios were run and held", () -> assertThat(exit).isZero()));
        }
        return tests.stream();
    }

    private static void check(JsonNode outcome) {
        if (!outcome.get("failure").isNull()) {
            fail(outcome.get("failure").asText());
        }
    }
}
