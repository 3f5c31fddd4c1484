package dev.heliograph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.server.config.RelayConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {

    @AfterEach
    void restore() {
        Logging.configure(RelayConfig.parse("log: {level: error}"));
    }

    /// Runs something and returns what it has logged; the log is set up anew for it.
    private static List<String> logged(String yaml, Runnable what) {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, UTF_8));
        try {
            Logging.configure(RelayConfig.parse(yaml));
            what.run();
        } finally {
            System.setErr(before);
        }
        return err.toString(UTF_8).lines().toList();
    }

    @Test
    void whatLibrariesWarnOfThroughSlf4jIsALineOfTheLogWithoutSecrets() throws IOException {
        org.slf4j.Logger library = LoggerFactory.getLogger("redis.clients.jedis.SomePool");
        List<String> lines = logged("""
                http_api: {key: the-key-of-the-api}
                log: {level: debug, format: json}
                """, () -> {
            library.debug("debug");
            library.info("info");
            library.warn("no connection with {}", "the-key-of-the-api", new IllegalStateException("as it is"));
            library.error("worse");
        });
        assertThat(lines).hasSize(2);
        JsonNode warning = new ObjectMapper().readTree(lines.getFirst());
        assertThat(warning.path("level").asText()).isEqualTo("warn");
        assertThat(warning.path("logger").asText()).isEqualTo("redis.clients.jedis.SomePool");
        assertThat(warning.path("message").asText()).isEqualTo("no connection with [redacted]");
        assertThat(warning.path("error").asText()).startsWith("java.lang.IllegalStateException: as it is");
        assertThat(new ObjectMapper().readTree(lines.getLast()).path("level").asText())
                .isEqualTo("error");
    }

    @Test
    void aLibraryThatRepeatsItselfIsHeldBack() {
        org.slf4j.Logger library = LoggerFactory.getLogger("redis.clients.jedis.SomePool");
        List<String> lines = logged("log: {format: json}", () -> {
            for (int i = 0; i < 10_000; i++) {
                library.warn("again {}", i);
            }
        });
        assertThat(lines).isNotEmpty().hasSizeLessThan(100);
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

    @Test
    void aPeerThatHangsUpWithinItsRequestIsNoNews() {
        List<String> lines = logged("log: {level: warn}", () -> {
            try (RelayFixture relay = new RelayFixture();
                    Socket peer =
                            new Socket("127.0.0.1", URI.create(relay.api()).getPort())) {
                peer.getOutputStream().write("GET / HTTP/1.1\r\nHost: relay\r\n".getBytes(UTF_8));
                peer.shutdownOutput();
                // It has logged what it has to say when it closes.
                peer.getInputStream().readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(lines).isEmpty();
    }
}
