package dev.heliograph.bench;

import dev.heliograph.server.admin.TokenHash;
import dev.heliograph.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// An operator of a relay that is measured, and where that relay keeps what operators decide.
final class Operator implements AutoCloseable {

    private final int port = FreePort.find();
    private final String token = TokenHash.newToken();
    private final AdminClient admin = new AdminClient(port, token);
    private final Path directory;

    Operator() {
        try {
            this.directory = Files.createTempDirectory("heliograph-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the relay needs in its configuration.
    String settings() {
        return """
                admin: {enabled: true, port: %d, tokens: ['bench:operator:sha256:%s']}
                control: {directory: '%s'}
                """.formatted(port, TokenHash.of(token), directory);
    }

    AdminClient admin() {
        return admin;
    }

    /// The operator's side is up and running already when a question comes: not its start is to be measured.
    void warmUp() {
        for (int i = 0; i < 50; i++) {
            admin.get("/v1/nodes");
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
