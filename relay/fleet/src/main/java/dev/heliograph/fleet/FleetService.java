package dev.heliograph.fleet;

import dev.heliograph.runbook.cluster.AnsiblePlaybooks;
import dev.heliograph.runbook.cluster.PrometheusMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The autoscaler, put together from its configuration.
public final class FleetService implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final FleetConfig config;
    private final FleetController controller;
    private final Optional<AlertWebhook> webhook;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final ExecutorService worker = Executors.newVirtualThreadPerTaskExecutor();

    private FleetService(FleetConfig config, boolean dryRun, boolean listens) throws IOException {
        this.config = config;
        this.controller = new FleetController(
                config,
                new PrometheusView(new PrometheusMetrics(config.prometheus(), http), config.cooldownIn()),
                new AnsiblePlaybooks(config.playbooks(), config.inventory(), config.program()),
                InstantSource.system(),
                worker,
                dryRun);
        this.webhook = listens && config.webhook().isPresent()
                ? Optional.of(listen(config.webhook().get()))
                : Optional.empty();
    }

    /// One that looks when [#run] is called, and listens from now on.
    ///
    /// @param dryRun whether it only says what it would do
    /// @throws FleetException if it cannot listen, or has no token to expect
    public static FleetService start(FleetConfig config, boolean dryRun) {
        return create(config, dryRun, true);
    }

    /// One that does not listen, for [FleetController#plan] and [FleetController#once].
    ///
    /// @param dryRun whether it only says what it would do
    public static FleetService silent(FleetConfig config, boolean dryRun) {
        return create(config, dryRun, false);
    }

    private static FleetService create(FleetConfig config, boolean dryRun, boolean listens) {
        try {
            return new FleetService(config, dryRun, listens);
        } catch (IOException e) {
            throw new FleetException("the webhook cannot be opened: " + e.getMessage(), e);
        }
    }

    private AlertWebhook listen(FleetConfig.Webhook where) throws IOException {
        String token;
        try {
            token = Files.readString(where.tokenFile()).strip();
        } catch (IOException e) {
            throw new FleetException(where.tokenFile() + ": the token of the webhook cannot be read", e);
        }
        if (token.isEmpty()) {
            throw new FleetException(where.tokenFile() + ": has no token of the webhook");
        }
        return AlertWebhook.start(where.socket(), token, controller::wake);
    }

    /// Where it listens; empty if it does not.
    public Optional<InetSocketAddress> address() {
        return webhook.map(AlertWebhook::address);
    }

    public FleetController controller() {
        return controller;
    }

    /// Looks until [#end].
    public void run() throws InterruptedException {
        controller.run(config.interval());
    }

    /// Ends [#run], after the playbook that runs. Does not block.
    public void end() {
        controller.close();
    }

    @Override
    public void close() {
        controller.close();
        webhook.ifPresent(AlertWebhook::close);
        worker.close();
        http.close();
    }
}
