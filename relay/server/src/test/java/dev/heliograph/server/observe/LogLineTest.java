package dev.heliograph.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {

    /// A token as they are: none of its three parts may be seen.
    private static final String TOKEN =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJlLW9mLXRva2Vu";

    /// A word, or a text in quotes.
    private static final String VALUE = "[^ \"=\\\\\\[\\]]+|\"(?:[^\"\\\\]|\\\\.)*\"";

    private final LogLine text = new LogLine(LogLine.Format.TEXT, Redactor.of("configured-secret"));
    private final LogLine json = new LogLine(LogLine.Format.JSON, Redactor.of("configured-secret"));

    private static LogRecord entry(Level level, String message) {
        LogRecord entry = new LogRecord(level, message);
        entry.setLoggerName("dev.heliograph.server.session.Session");
        entry.setInstant(Instant.parse("2026-01-31T12:00:00.5Z"));
        return entry;
    }

    private static LogRecord about(String user, String channel, String template, Object... arguments) {
        LogRecord entry = entry(Level.FINE, "{0}");
        entry.setParameters(
                new Object[] {LogEvent.of(template, Log.about("client-1", user, "192.0.2.1"), channel, null, arguments)
                });
        return entry;
    }

    private static JsonNode read(String line) throws JsonProcessingException {
        assertThat(line).endsWith(System.lineSeparator());
        assertThat(line.stripTrailing()).doesNotContain("\n");
        return new ObjectMapper().readTree(line);
    }

    @Test
    void aRecordIsALineWithTimeLevelPlaceAndText() {
        LogRecord entry = entry(Level.WARNING, "{0} is slow");
        entry.setParameters(new Object[] {"42"});
        assertThat(text.format(entry))
                .isEqualTo("2026-01-31T12:00:00.500Z WARN session.Session: 42 is slow" + System.lineSeparator());
    }

    @Test
    void aLineAboutAClientNamesIt() {
        assertThat(text.format(about("42", "chat:lobby", "disconnect {} {}", 3501, "bad request")))
                .isEqualTo("2026-01-31T12:00:00.500Z DEBUG session.Session"
                        + " [connection=client-1 user=42 channel=chat:lobby ip=192.0.2.1]: disconnect 3501 bad request"
                        + System.lineSeparator());
    }

    @Test
    void inJsonItHasFieldsOfTheirOwn() throws JsonProcessingException {
        JsonNode line = read(json.format(about("42", "", "disconnect {} {}", 3501, "bad request")));
        assertThat(line.get("time").asText()).isEqualTo("2026-01-31T12:00:00.500Z");
        assertThat(line.get("level").asText()).isEqualTo("debug");
        assertThat(line.get("logger").asText()).isEqualTo("session.Session");
        assertThat(line.get("message").asText()).isEqualTo("disconnect 3501 bad request");
        assertThat(line.get("connection").asText()).isEqualTo("client-1");
        assertThat(line.get("user").asText()).isEqualTo("42");
        assertThat(line.get("ip").asText()).isEqualTo("192.0.2.1");
        assertThat(line.has("channel")).isFalse();
    }

    @Test
    void aStackTraceFollowsWithItsCausesAndIsIndented() throws JsonProcessingException {
        LogRecord entry = entry(Level.SEVERE, "failed");
        entry.setThrown(new IllegalStateException(
                "outer", new IllegalArgumentException("inner\n2026-01-31T12:00:00.500Z INFO forged: line")));
        String lines = text.format(entry);
        assertThat(lines)
                .contains("ERROR session.Session: failed", "IllegalStateException: outer")
                .contains("caused by: java.lang.IllegalArgumentException: inner\\n2026")
                .contains("  at dev.heliograph.server.observe.LogLineTest.");
        assertThat(lines.lines().skip(1)).allMatch(line -> line.startsWith("  "));
        assertThat(read(json.format(entry)).get("error").asText())
                .contains("IllegalStateException: outer\nat ", "caused by: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n2026-01-31T12:00:00.000Z INFO Relay: all is well",
                "\r\n2026-01-31T12:00:00.000Z INFO Relay: all is well",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b",
                "\u001b[2Jgone",
                "a\u202Eb",
                "\u0000",
                "a\" connection=\"other",
                "a user=root",
                "]: forged"
            })
    void nobodyOutsideCanForgeALine(String hostile) throws JsonProcessingException {
        String line = text.format(about(hostile, hostile, "closed {}", hostile));
        assertThat(line.lines()).hasSize(1);
        assertThat(line.stripTrailing().chars().filter(c -> c < ' ' || (c >= 0x7F && c < 0xA0)))
                .isEmpty();
        assertThat(line).doesNotContain("\u2028", "\u2029", "\u202E");
        // What is in a field stays there.
        assertThat(line)
                .matches("(?s)\\S+ DEBUG session\\.Session \\[connection=client-1 user=(" + VALUE
                        + ") channel=\\1 ip=192\\.0\\.2\\.1]: closed .*");
        JsonNode parsed = read(json.format(about(hostile, hostile, "closed {}", hostile)));
        assertThat(parsed.get("user").asText()).isEqualTo(hostile);
        assertThat(parsed.get("message").asText()).isEqualTo("closed " + hostile);
        assertThat(parsed.get("connection").asText()).isEqualTo("client-1");
    }

    @Test
    void aPlainRecordOfALibraryCannotForgeALineEither() {
        assertThat(text.format(entry(Level.WARNING, "bad header: x\r\nforged")).lines())
                .hasSize(1);
    }

    @Test
    void secretsAreInNoPartOfALine() {
        LogRecord entry = entry(Level.SEVERE, "token " + TOKEN + " and configured-secret");
        entry.setThrown(new IllegalStateException("configured-secret " + TOKEN));
        LogRecord about = about(TOKEN, "configured-secret", "closed {}", TOKEN);
        for (LogLine each : new LogLine[] {text, json}) {
            for (LogRecord every : new LogRecord[] {entry, about}) {
                assertThat(each.format(every))
                        .doesNotContain("eyJ", "c2lnbmF0dXJl", "configured-secret")
                        .contains(Redactor.GONE);
            }
        }
    }

    @Test
    void aLongMessageIsCut() {
        String line = text.format(entry(Level.INFO, "x".repeat(1_000_000)));
        assertThat(line).hasSizeLessThan(9_000).contains("... (991808 more)");
    }
}
