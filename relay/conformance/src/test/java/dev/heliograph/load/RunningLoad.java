package dev.heliograph.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.loadtest.LoadPlan;
import dev.heliograph.loadtest.LoadResult;
import dev.heliograph.loadtest.LoadTest;
import dev.heliograph.testkit.RelayCluster;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// A load test against a cluster, watched as users do it: by its report.
final class RunningLoad implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LoadTest test;
    private final Path report;
    private final CompletableFuture<LoadResult> result;

    private RunningLoad(LoadPlan plan, Path report) {
        this.report = report;
        this.test = new LoadTest(plan, report, Duration.ofMillis(100));
        this.result = CompletableFuture.supplyAsync(
                this::run, task -> Thread.ofPlatform().name("load").start(task));
    }

    private LoadResult run() {
        try {
            return test.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Starts one as [#begin] does, and waits until some publications are acknowledged.
    static RunningLoad start(RelayCluster cluster, Path folder, String prefix, int clients, int churn) {
        RunningLoad load = begin(cluster, folder, prefix, clients, churn);
        load.await("traffic", each -> each.path("acknowledged").asLong() > clients);
        return load;
    }

    /// Starts one with a client after the other on the cluster's relays in turn.
    ///
    /// @param prefix of the channels, as in `chat:`
    static RunningLoad begin(RelayCluster cluster, Path folder, String prefix, int clients, int churn) {
        LoadPlan plan = new LoadPlan(
                cluster.relays().stream()
                        .map(relay -> URI.create("ws://127.0.0.1:" + relay.port() + "/connection/websocket"))
                        .toList(),
                cluster.relays().stream()
                        .map(relay -> URI.create(relay.url() + "/api/publish"))
                        .toList(),
                RelayProcess.API_KEY,
                RelayCluster::clientToken,
                clients,
                // Clients change relays with every round through the channels.
                clients / 10,
                prefix,
                clients,
                churn,
                200,
                Duration.ofMinutes(10));
        return new RunningLoad(plan, folder.resolve("report.json"));
    }

    void mark(String name) {
        test.mark(name);
        await("the mark " + name, each -> !interval(each, name).isMissingNode());
    }

    /// What happened since a mark and before the next.
    JsonNode interval(String name) {
        return interval(report(), name);
    }

    private static JsonNode interval(JsonNode report, String name) {
        for (JsonNode each : report.path("intervals")) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        return report.path("there is none");
    }

    JsonNode report() {
        try {
            return Files.exists(report) ? JSON.readTree(report.toFile()) : JSON.createObjectNode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void await(String what, Predicate<JsonNode> holds) {
        Awaitility.await(what).atMost(PATIENCE).until(() -> {
            if (result.isCompletedExceptionally()) {
                throw new IllegalStateException("the load test failed", result.exceptionNow());
            }
            return holds.test(report());
        });
    }

    /// Waits until so many publications more are acknowledged.
    void awaitMore(long publications) {
        long now = report().path("acknowledged").asLong();
        await("more traffic", each -> each.path("acknowledged").asLong() >= now + publications);
    }

    /// Ends it.
    LoadResult end() throws InterruptedException, ExecutionException, TimeoutException {
        test.end();
        return result.get(2, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        test.end();
        result.handle((_, _) -> true).join();
    }
}
