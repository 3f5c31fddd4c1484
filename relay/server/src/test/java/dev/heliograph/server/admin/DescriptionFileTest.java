package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/openapi.json` is what a relay serves, but for the version.
class DescriptionFileTest {

    private static final Path FILE = Path.of("../../docs/openapi.json");

    @Test
    void theFileIsWhatIsServed(@TempDir Path directory) throws IOException {
        try (AdminUnderTest api = new AdminUnderTest(directory, "")) {
            JsonNode served = api.get(Role.VIEWER, "/v1/openapi.json").body();
            ((ObjectNode) served.path("info")).put("version", "current");
            String text = served.toPrettyString() + "\n";
            if (Boolean.getBoolean("reference.write")) {
                Files.writeString(FILE, text);
            }
            assertThat(Files.readString(FILE))
                    .as("write it anew with -Dtest=DescriptionFileTest -Dreference.write=true")
                    .isEqualTo(text);
        }
    }
}
