package dev.heliograph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.config.RelayConfig;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest {

    @AfterEach
    void restore() {
        Logging.configure(RelayConfig.parse("log: {level: error}"));
    }

    @Test
    void theLevelIsThatOfTheRelayAndLibrariesOnlyWarn() {
        Logging.configure(RelayConfig.parse("log: {level: debug}"));
        assertThat(Logger.getLogger("dev.heliograph.server.Relay").isLoggable(Level.FINE))
                .isTrue();
        assertThat(Logger.getLogger("io.helidon.webserver.Other").isLoggable(Level.INFO))
                .isFalse();
        assertThat(Logger.getLogger("io.helidon.webserver.Other").isLoggable(Level.WARNING))
                .isTrue();
        Logging.configure(RelayConfig.parse("log: {level: error}"));
        assertThat(Logger.getLogger("dev.heliograph.server.Relay").isLoggable(Level.WARNING))
                .isFalse();
    }
}
