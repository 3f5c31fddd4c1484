package dev.heliograph.loadtest.scenario;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a [Result] down.
public final class Reports {

    private static final JsonMapper JSON = new JsonMapper();

    private Reports() {}

    /// Writes `result.json` and `report.html`.
    ///
    /// @param folder  made if it is missing
    /// @param version of this program
    /// @throws IOException if that fails
    public static void write(Result result, String version, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("result.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(ResultJson.of(result, version)) + "\n");
        Files.writeString(folder.resolve("report.html"), Page.of(result, version));
    }
}
