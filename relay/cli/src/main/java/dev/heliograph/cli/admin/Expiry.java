package dev.heliograph.cli.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.cli.Conversions;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How long something is to hold.
final class Expiry {

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Conversions.Time.class,
            description = "How long it holds, as 90s or 1h30m. Default: for good.")
    private Optional<Duration> duration = Optional.empty();

    void on(ObjectNode wish) {
        duration.ifPresent(each -> wish.put("expires_at", System.currentTimeMillis() + each.toMillis()));
    }
}
