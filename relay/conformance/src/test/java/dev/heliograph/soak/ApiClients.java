package dev.heliograph.soak;

import dev.heliograph.loadtest.LoadException;
import dev.heliograph.loadtest.LoadPlan;
import dev.heliograph.loadtest.LoadResult;
import dev.heliograph.loadtest.LoadTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Clients of channels that back ends publish to over the HTTP API, and visitors who come for one publication each.
final class ApiClients {

    private static final Duration REPORT = Duration.ofSeconds(10);
    private static final long PATIENCE_SECONDS = 90;

    private final LoadTest test;
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();

    /// @param report a file to keep
    ApiClients(LoadPlan plan, Path report) {
        this.test = new LoadTest(plan, report, REPORT);
    }

    /// @param trouble told if clients do not come in or nothing is acknowledged
    void begin(Consumer<RuntimeException> trouble) {
        Thread.ofPlatform().daemon().name("soak-api-clients").start(() -> {
            try {
                result.complete(test.run());
            } catch (LoadException | IllegalStateException e) {
                result.completeExceptionally(e);
                trouble.accept(e);
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
    }

    /// Publishes nothing more, waits for what is on its way, and has all clients leave.
    ///
    /// @throws IllegalStateException if that takes too long
    Deeds end() throws InterruptedException {
        test.end();
        try {
            LoadResult all = result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Deeds(
                    all.lost(),
                    all.duplicated(),
                    all.reordered(),
                    0,
                    all.failedHandshakes() + all.abrupt() + all.unacknowledged(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    0);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the clients of the HTTP API did not end", e);
        }
    }
}
