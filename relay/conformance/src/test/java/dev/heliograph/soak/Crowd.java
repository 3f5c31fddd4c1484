package dev.heliograph.soak;

import dev.heliograph.loadtest.Account;
import dev.heliograph.loadtest.Dialect;
import dev.heliograph.loadtest.LoadException;
import dev.heliograph.loadtest.Swarm;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// A swarm of one kind, and what is published to it over WebSocket. One thread enters, begins and ends it.
final class Crowd implements AutoCloseable {

    private static final Duration ENTRY = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long TICK_MILLIS = 20;

    /// @param prefix   of its channels, which others do not use
    /// @param clients  that read what they get
    /// @param slow     more that can be told not to
    /// @param memberOf channels that each hears
    /// @param rate     publications a second in all channels
    /// @param size     of a payload in bytes
    record Plan(String prefix, int clients, int slow, int channels, int memberOf, double rate, int size) {

        private int[] channelsOf(int client) {
            return IntStream.range(0, memberOf)
                    .map(i -> (client * memberOf + i) % channels)
                    .toArray();
        }
    }

    private final Plan plan;
    private final Swarm swarm;
    private final CompletableFuture<Long> published = new CompletableFuture<>();

    Crowd(Plan plan, URI url, Dialect dialect) {
        this.plan = plan;
        this.swarm = new Swarm(
                url,
                dialect,
                IntStream.range(0, plan.channels).mapToObj(i -> plan.prefix + i).toList(),
                1);
    }

    Swarm swarm() {
        return swarm;
    }

    /// Has all clients come in.
    ///
    /// @throws LoadException if they do not
    void enter() {
        swarm.enter(plan.clients, plan::channelsOf, ENTRY);
        if (plan.slow > 0) {
            swarm.enter(plan.slow, plan::channelsOf, new Swarm.Entry(0, true), ENTRY);
        }
    }

    /// Begins to publish.
    ///
    /// @param most    after which it ends in any case
    /// @param trouble told if a publication is refused
    void publish(Duration most, Consumer<RuntimeException> trouble) {
        swarm.openSenders(1);
        Thread.ofPlatform().daemon().name("soak-publisher").start(() -> {
            try {
                published.complete(swarm.publish(plan.rate, plan.size, most));
            } catch (LoadException | IllegalStateException e) {
                published.completeExceptionally(e);
                trouble.accept(e);
            }
        });
    }

    /// Waits until those that are on their way are back, publishes nothing more, and waits for what is on its way.
    void end() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (away() > 0 && System.nanoTime() - deadline < 0) {
            Thread.sleep(TICK_MILLIS);
        }
        swarm.stop();
        try {
            published.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the publishing did not end", e);
        }
        while (lost() > 0 && System.nanoTime() - deadline < 0) {
            Thread.sleep(TICK_MILLIS);
        }
    }

    private int away() {
        return plan.clients + plan.slow - swarm.live();
    }

    private long lost() {
        return swarm.account().lost();
    }

    Deeds deeds() {
        Account account = swarm.account();
        Account slow = swarm.slowAccount();
        long entries = swarm.entryLatency().getTotalCount();
        return new Deeds(
                account.lost(),
                account.duplicated() + slow.duplicated(),
                account.reordered(),
                away(),
                account.disconnected() + slow.disconnected(),
                0,
                entries - plan.clients - account.returned(),
                account.returned(),
                slow.returned(),
                0,
                account.delivered() + slow.delivered());
    }

    @Override
    public void close() {
        swarm.close();
    }
}
