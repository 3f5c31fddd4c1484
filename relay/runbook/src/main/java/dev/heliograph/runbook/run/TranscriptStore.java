package dev.heliograph.runbook.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/// Keeps transcripts in a folder: a file for each run, a JSON object a line, the first of which says what it is of.
/// Lines
/// are only ever added, each as it happens, so that a crash costs the last one at most. Blocks. Threadsafe.
public final class TranscriptStore {

    private static final String SUFFIX = ".jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;

    /// @param folder is made when it is needed
    public TranscriptStore(Path folder) {
        this.folder = folder;
    }

    /// Begins a transcript without entries.
    ///
    /// @throws UncheckedIOException if it cannot be written
    public Transcript begin(String runbook, String title, String cluster, Instant now, Map<String, String> labels) {
        Instant begun = now.truncatedTo(ChronoUnit.MILLIS);
        String id = STAMP.format(begun) + "-" + runbook + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        Transcript transcript = new Transcript(id, runbook, title, cluster, begun, labels, List.of());
        ObjectNode header = JSON.createObjectNode()
                .put("runbook", runbook)
                .put("title", title)
                .put("cluster", cluster)
                .put("begun", begun.toString());
        ObjectNode alert = header.putObject("labels");
        new TreeMap<>(labels).forEach(alert::put);
        append(id, "", header);
        return transcript;
    }

    /// Adds an entry to the file.
    ///
    /// @throws UncheckedIOException if it cannot be written
    void append(String id, Entry entry) {
        append(
                id,
                "\n",
                JSON.createObjectNode()
                        .put("at", entry.at().toString())
                        .put("who", entry.who())
                        .put("kind", entry.kind().name().toLowerCase(Locale.ROOT))
                        .put("subject", entry.subject())
                        .put("text", entry.text()));
    }

    /// The end of a line is written with the next one: what comes after half a line of a crash is a line of its own.
    /// Who was interrupted in a step has more to say than anybody: an interrupt waits until it is written.
    private void append(String id, String before, ObjectNode line) {
        boolean interrupted = Thread.interrupted();
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(id + SUFFIX),
                    before + JSON.writeValueAsString(line),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// All transcripts, the newest first; a file that is none is left out.
    ///
    /// @throws UncheckedIOException if the folder cannot be read
    public List<Transcript> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .map(TranscriptStore::read)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(Transcript::begun).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Transcript> read(Path file) {
        try {
            List<String> lines = Files.readString(file, UTF_8).lines().toList();
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            JsonNode header = JSON.readTree(lines.getFirst());
            Map<String, String> labels = new TreeMap<>();
            header.path("labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            List<Entry> entries = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                entry(line).ifPresent(entries::add);
            }
            String name = String.valueOf(file.getFileName());
            return Optional.of(new Transcript(
                    name.substring(0, name.length() - SUFFIX.length()),
                    header.path("runbook").asText(),
                    header.path("title").asText(),
                    header.path("cluster").asText(),
                    Instant.parse(header.path("begun").asText()),
                    labels,
                    entries));
        } catch (IOException | DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Nothing for the half line that a crash has left.
    private static Optional<Entry> entry(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return Optional.of(new Entry(
                    Instant.parse(node.path("at").asText()),
                    node.path("who").asText(),
                    Entry.Kind.valueOf(node.path("kind").asText().toUpperCase(Locale.ROOT)),
                    node.path("subject").asText(),
                    node.path("text").asText()));
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
