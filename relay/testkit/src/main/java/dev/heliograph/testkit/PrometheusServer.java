package dev.heliograph.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A Prometheus in a process of its own, on 127.0.0.1 and a free port, that scrapes its targets every second as the job
/// `heliograph`. Ends with [#close], at the latest with the JVM; its log and its data stay in `target/monitoring`.
public final class PrometheusServer implements AutoCloseable {

    private static final String CONFIG = """
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
              - job_name: heliograph
                static_configs:
            """;

    /// Something that serves `/metrics`.
    ///
    /// @param port   of 127.0.0.1
    /// @param labels that its series get
    public record Target(int port, Map<String, String> labels) {

        private String yaml() {
            String all = new TreeMap<>(labels)
                    .entrySet().stream()
                            .map(each -> each.getKey() + ": '" + each.getValue() + "'")
                            .collect(Collectors.joining(", "));
            return "      - {targets: ['127.0.0.1:" + port + "'], labels: {" + all + "}}\n";
        }
    }

    private final MonitoringProgram program;

    private PrometheusServer(MonitoringProgram program) {
        this.program = program;
    }

    /// Starts one and waits until it answers queries.
    ///
    /// @throws IllegalStateException if it is not installed
    public static PrometheusServer start(List<Target> targets) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "monitoring"));
            String yaml = CONFIG + targets.stream().map(Target::yaml).collect(Collectors.joining());
            Path config = Files.writeString(Files.createTempFile(folder, "prometheus", ".yml"), yaml, UTF_8);
            return new PrometheusServer(MonitoringProgram.prometheus(config, FreePort.find()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As in `http://127.0.0.1:9090`.
    public URI uri() {
        return program.uri();
    }

    @Override
    public void close() {
        program.close();
    }
}
