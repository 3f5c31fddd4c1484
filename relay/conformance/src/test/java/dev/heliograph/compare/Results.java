package dev.heliograph.compare;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was measured, a file for each part, so that a part that is measured again takes the place of what it was and
/// leaves the others alone.
///
/// @param folder of the files
record Results(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /// A part as it is kept.
    ///
    /// @param figures of each server, round by round
    record Kept(
            @JsonProperty("part") String part,
            @JsonProperty("date") String date,
            @JsonProperty("figures") Map<String, Map<String, List<Double>>> figures,
            @JsonProperty("targets") List<KeptTarget> targets) {}

    record KeptTarget(
            @JsonProperty("figure") String figure,
            @JsonProperty("other") @Nullable String other,
            @JsonProperty("least") boolean least,
            @JsonProperty("bound") double bound) {}

    void save(String part, Sheet sheet) throws IOException {
        Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
        sheet.figures().forEach((figure, of) -> {
            Map<String, List<Double>> servers = new LinkedHashMap<>();
            of.forEach((peer, rounds) -> servers.put(peer.key(), rounds));
            figures.put(figure, servers);
        });
        List<KeptTarget> targets = sheet.targets().stream()
                .map(each -> new KeptTarget(
                        each.figure(),
                        each.other() == null ? null : each.other().key(),
                        each.least(),
                        each.bound()))
                .toList();
        Files.createDirectories(folder);
        JSON.writeValue(
                folder.resolve(part + ".json").toFile(),
                new Kept(part, LocalDate.now(ZoneOffset.UTC).toString(), figures, targets));
    }

    /// Those of some parts that were measured, in their order.
    List<Kept> read(Iterable<String> parts) throws IOException {
        List<Kept> all = new ArrayList<>();
        for (String part : parts) {
            Path file = folder.resolve(part + ".json");
            if (Files.exists(file)) {
                all.add(JSON.readValue(file.toFile(), Kept.class));
            }
        }
        return all;
    }
}
