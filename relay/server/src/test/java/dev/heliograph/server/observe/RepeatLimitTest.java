package dev.heliograph.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class RepeatLimitTest {

    private static final long WINDOW = RepeatLimit.WINDOW.toNanos();

    private final RepeatLimit limit = new RepeatLimit();

    private static LogRecord entry(Level level, String message) {
        LogRecord entry = new LogRecord(level, message);
        entry.setLoggerName("place");
        return entry;
    }

    private int admitted(int count, long now, Level level, String message) {
        int admitted = 0;
        for (int i = 0; i < count; i++) {
            admitted += limit.admits(entry(level, message.formatted(i)), now) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void repeatsAreHeldBackAndToldInOneLineWhenTheirTimeIsOver() {
        assertThat(admitted(100, 0, Level.WARNING, "redis 10.0.0.%d:6379 is away"))
                .isEqualTo(RepeatLimit.MAX_LINES);
        assertThat(limit.over(WINDOW - 1)).isEmpty();
        assertThat(limit.over(WINDOW))
                .singleElement()
                .satisfies(line -> assertThat(line.getMessage())
                        .isEqualTo("80 more lines like this one are held back: redis * is away"))
                .satisfies(line -> assertThat(line.getLoggerName()).isEqualTo("place"));
        assertThat(limit.over(2 * WINDOW)).isEmpty();
    }

    @Test
    void theNextWindowBeginsWithTheFirstLineAfterTheLastOne() {
        assertThat(admitted(100, 0, Level.WARNING, "again")).isEqualTo(RepeatLimit.MAX_LINES);
        assertThat(admitted(1, WINDOW, Level.WARNING, "again")).isOne();
        assertThat(limit.takeSummaries()).hasSize(1);
    }

    @Test
    void othersAreNotHeldBackWithThem() {
        admitted(100, 0, Level.WARNING, "one thing");
        assertThat(admitted(1, 0, Level.WARNING, "another thing")).isOne();
        assertThat(admitted(1, 0, Level.SEVERE, "one thing")).isOne();
    }

    @Test
    void argumentsDoNotMakeATemplateAnother() {
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            LogRecord entry = entry(Level.WARNING, "{0}");
            entry.setParameters(new Object[] {
                LogEvent.of("broker: {}", Log.about("client-" + i, "user-" + i, "ip"), "", null, "reason " + i)
            });
            admitted += limit.admits(entry, 0) ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(RepeatLimit.MAX_LINES);
    }

    @Test
    void whoSwitchesDebugLinesOnGetsThemAll() {
        assertThat(admitted(1_000, 0, Level.FINE, "connected")).isEqualTo(1_000);
    }

    @Test
    void itRemembersABoundedNumberOfTemplatesAndLosesNoCount() {
        admitted(100, 0, Level.WARNING, "first of all");
        for (int i = 0; i < 3 * RepeatLimit.MAX_TEMPLATES; i++) {
            limit.admits(entry(Level.WARNING, "word" + "x".repeat(i % 150) + "y".repeat(i / 150)), 0);
        }
        assertThat(limit.templates()).isLessThanOrEqualTo(RepeatLimit.MAX_TEMPLATES);
        assertThat(limit.takeSummaries())
                .singleElement()
                .satisfies(line -> assertThat(line.getMessage()).startsWith("80 more lines"));
    }

    @Test
    void theHandlerWritesWhatIsAdmitted() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogHandler handler = new LogHandler(out, new LogLine(LogLine.Format.TEXT, Redactor.of()));
        try {
            for (int i = 0; i < 100; i++) {
                handler.publish(entry(Level.WARNING, "again"));
            }
        } finally {
            handler.close();
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(RepeatLimit.MAX_LINES);
    }
}
