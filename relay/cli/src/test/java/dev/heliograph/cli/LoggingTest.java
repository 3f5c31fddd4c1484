package dev.heliograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest {

    @AfterEach
    void restore() {
        Logging.configure("error");
    }

    @Test
    void aRecordIsALineWithTimeLevelPlaceAndText() {
        LogRecord entry = new LogRecord(Level.WARNING, "{0} is slow");
        entry.setParameters(new Object[] {"42"});
        entry.setLoggerName("dev.heliograph.server.session.Session");
        entry.setInstant(Instant.parse("2026-01-31T12:00:00.5Z"));
        assertThat(new Logging.Line().format(entry))
                .isEqualTo("2026-01-31T12:00:00.500Z WARN session.Session: 42 is slow" + System.lineSeparator());
    }

    @Test
    void aStackTraceFollowsWithItsCauses() {
        LogRecord entry = new LogRecord(Level.SEVERE, "failed");
        entry.setLoggerName("io.helidon.X");
        entry.setThrown(new IllegalStateException("outer", new IllegalArgumentException("inner")));
        assertThat(new Logging.Line().format(entry))
                .contains(
                        "ERROR io.helidon.X: failed", "IllegalStateException: outer", "IllegalArgumentException: inner")
                .contains("at dev.heliograph.cli.LoggingTest.");
    }

    @Test
    void theLevelIsThatOfTheRelayAndLibrariesOnlyWarn() {
        Logging.configure("debug");
        assertThat(Logger.getLogger("dev.heliograph.server.Relay").isLoggable(Level.FINE))
                .isTrue();
        assertThat(Logger.getLogger("io.helidon.webserver.Other").isLoggable(Level.INFO))
                .isFalse();
        assertThat(Logger.getLogger("io.helidon.webserver.Other").isLoggable(Level.WARNING))
                .isTrue();
        Logging.configure("error");
        assertThat(Logger.getLogger("dev.heliograph.server.Relay").isLoggable(Level.WARNING))
                .isFalse();
    }
}
