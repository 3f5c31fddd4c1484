package dev.heliograph.loadtest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The connections of a [Swarm] that publish, all on its first loop, and what they publish now. One thread calls it,
/// but for [#stop] and [#delivered].
final class Publishers {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Crew first;
    private final Dialect dialect;
    private final List<Topic> topics;
    private final LongSupplier delivered;
    private final Supplier<String> ends;
    private final List<Sender> senders = new ArrayList<>();
    private final AtomicBoolean pumpAsked = new AtomicBoolean();
    private volatile @Nullable Publishing publishing;

    /// @param delivered how many publications clients got so far
    /// @param ends      how connections ended, in words
    Publishers(Crew first, Dialect dialect, List<Topic> topics, LongSupplier delivered, Supplier<String> ends) {
        this.first = first;
        this.dialect = dialect;
        this.topics = topics;
        this.delivered = delivered;
        this.ends = ends;
    }

    /// Opens connections.
    ///
    /// @throws LoadException if they do not come in
    void open(int count, Endpoint to) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        int wanted = senders.size() + count;
        first.ask(() -> {
            Runnable changed = () -> {
                senders.stream()
                        .map(Sender::failure)
                        .filter(each -> !each.isEmpty())
                        .findFirst()
                        .ifPresent(why -> ready.completeExceptionally(new LoadException(why)));
                if (senders.size() == wanted && senders.stream().allMatch(Sender::isOpen)) {
                    ready.complete(null);
                }
            };
            for (int i = 0; i < count; i++) {
                Sender sender = new Sender(dialect, 1_000_000 + senders.size(), changed);
                senders.add(sender);
                sender.enter(first.reactor, to);
            }
            return null;
        });
        await(ready, PATIENCE);
    }

    boolean isEmpty() {
        return senders.isEmpty();
    }

    /// As [Swarm#saturate].
    Publishing.Done saturate(int inFlight, int size, Duration time) {
        return run(
                () -> Publishing.saturating(first.reactor, senders, topics, size, delivered, inFlight, time.toNanos()),
                time);
    }

    /// As [Swarm#pace].
    Publishing.Done pace(double perSecond, int size, Duration time) {
        return run(() -> paced(perSecond, size, time), time);
    }

    /// As [Swarm#publish].
    Publishing.Done publish(double perSecond, int size, Duration time) {
        return run(() -> paced(perSecond, size, time).withoutWaiting(), time);
    }

    private Publishing paced(double perSecond, int size, Duration time) {
        return Publishing.paced(first.reactor, senders, topics, size, delivered, perSecond, time.toNanos());
    }

    private Publishing.Done run(Supplier<Publishing> kind, Duration time) {
        Publishing now = first.ask(() -> {
            Publishing made = kind.get();
            publishing = made;
            made.begin();
            return made;
        });
        try {
            return await(now.result(), time.plus(PATIENCE));
        } finally {
            publishing = null;
        }
    }

    /// Publishes what is due after clients of a crew got something; for the thread of that crew.
    void delivered(Crew crew) {
        Publishing now = publishing;
        if (now == null || !now.isSaturating()) {
            return;
        }
        if (crew == first) {
            now.pump();
        } else if (pumpAsked.compareAndSet(false, true)) {
            first.reactor.execute(() -> {
                pumpAsked.set(false);
                now.pump();
            });
        }
    }

    /// Publishes nothing more; for any thread.
    void stop() {
        first.reactor.execute(() -> {
            Publishing now = publishing;
            if (now != null) {
                now.stop();
                now.pump();
            }
        });
    }

    private <T> T await(CompletableFuture<T> future, Duration patience) {
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof LoadException refused) {
                throw refused;
            }
            throw new LoadException(String.valueOf(e.getMessage()), e);
        } catch (TimeoutException e) {
            first.reactor.check();
            throw new LoadException(
                    "not within " + patience.toSeconds() + " s; connections that ended: " + ends.get(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadException("interrupted", e);
        }
    }
}
