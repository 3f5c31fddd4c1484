package dev.heliograph.client;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ReplyError;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// The requests of the application that have no answer yet, through lost connections and new ones. Each ends in its
/// future, by its deadline at the latest; a bounded number of them is open at a time. On the engine's thread only, but
/// for [#submit] and [#send].
final class Requests {

    /// What becomes of a request whose connection is lost.
    enum Retry {
        /// Sent again, as it also is after a temporary error and a missing reply: at least once.
        UNTIL_ACKNOWLEDGED,
        /// Sent again; it changes nothing on the server.
        IF_LOST,
        /// Fails: it must not happen twice.
        NEVER
    }

    private static final class Entry<T> {
        private final Request request;
        private final Retry retry;
        private final long deadline;
        private final long number;
        private final Function<Result, T> read;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private boolean sent;
        private int failures;
        private Timing.Timer retryTimer = Timing.Timer.NONE;

        Entry(Request request, Retry retry, long deadline, long number, Function<Result, T> read) {
            this.request = request;
            this.retry = retry;
            this.deadline = deadline;
            this.number = number;
            this.read = read;
        }

        /// What depends on a future is the application's code and must not run on the engine's thread.
        void complete(Result result) {
            future.completeAsync(() -> read.apply(result), Thread::startVirtualThread);
        }
    }

    private final Engine engine;
    private final Supplier<ConnectionState> state;
    private final Semaphore permits;
    private final AtomicLong numbers = new AtomicLong();

    /// In the order they came, in which they are sent again.
    private final Set<Entry<?>> open = new LinkedHashSet<>();

    private final TreeSet<Entry<?>> byDeadline = new TreeSet<>(
            Comparator.<Entry<?>>comparingLong(entry -> entry.deadline).thenComparingLong(entry -> entry.number));

    /// Deadlines are counted from here, so that they can be compared.
    private final long origin;

    private Timing.Timer alarm = Timing.Timer.NONE;
    private long alarmAt = Long.MAX_VALUE;

    Requests(Engine engine, Supplier<ConnectionState> state) {
        this.engine = engine;
        this.state = state;
        this.permits = new Semaphore(engine.config().maxInFlight());
        this.origin = engine.now();
    }

    private long elapsed() {
        return engine.now() - origin;
    }

    /// From any thread; waits, within the request's time, for its turn.
    <T> CompletableFuture<T> submit(Request request, Retry retry, Duration timeout, Function<Result, T> read) {
        Entry<T> entry = new Entry<>(request, retry, elapsed() + timeout.toNanos(), numbers.incrementAndGet(), read);
        if (acquire(entry.future, timeout)) {
            engine.execute(() -> add(entry));
        }
        return entry.future;
    }

    /// From any thread. The result comes when the operating system has the message.
    CompletableFuture<Void> send(Bytes data) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        if (acquire(future, engine.config().commandTimeout())) {
            engine.execute(() -> {
                if (state.get() instanceof ConnectionState.Connected connected) {
                    connected.wire().tell(new Request.Send(data), ok -> {
                        permits.release();
                        if (ok) {
                            future.completeAsync(() -> null, Thread::startVirtualThread);
                        } else {
                            failAsync(future, new NotConnectedException(Cause.TRANSPORT_CLOSED));
                        }
                    });
                } else {
                    permits.release();
                    failAsync(future, new NotConnectedException(cause()));
                }
            });
        }
        return future;
    }

    private boolean acquire(CompletableFuture<?> future, Duration timeout) {
        try {
            if (permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
            future.completeExceptionally(new RequestTimeoutException("too many requests are in flight"));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            future.cancel(false);
        }
        return false;
    }

    private void add(Entry<?> entry) {
        open.add(entry);
        byDeadline.add(entry);
        switch (state.get()) {
            case ConnectionState.Connected connected -> send(connected.wire(), entry);
            case ConnectionState.Connecting _ -> {}
            case ConnectionState.Disconnected _, ConnectionState.Closed _ ->
                fail(entry, new NotConnectedException(cause()));
        }
        arm();
    }

    private Cause cause() {
        return switch (state.get()) {
            case ConnectionState.Disconnected disconnected -> disconnected.cause();
            case ConnectionState.Connecting connecting -> connecting.cause();
            case ConnectionState.Connected _ -> Cause.TRANSPORT_CLOSED;
            case ConnectionState.Closed _ -> Cause.CLIENT_CLOSED;
        };
    }

    /// Sends everything that waits, in order.
    void connected(Wire wire) {
        List.copyOf(open).forEach(entry -> send(wire, entry));
    }

    private void send(Wire wire, Entry<?> entry) {
        if (entry.future.isDone()) {
            // Cancelled by the application.
            close(entry);
        } else if (!entry.sent) {
            entry.sent = true;
            entry.retryTimer.cancel();
            wire.call(entry.request, outcome -> answered(entry, outcome));
        }
    }

    private void answered(Entry<?> entry, Calls.Outcome outcome) {
        if (!open.contains(entry)) {
            return;
        }
        entry.sent = false;
        switch (outcome) {
            case Calls.Outcome.Ok ok -> {
                close(entry);
                entry.complete(ok.result());
            }
            case Calls.Outcome.Failed(ReplyError error) -> {
                if (entry.retry == Retry.UNTIL_ACKNOWLEDGED && Errors.worthRetrying(error)) {
                    retryLater(entry);
                } else {
                    fail(entry, new RequestFailedException(error));
                }
            }
            case Calls.Outcome.TimedOut _ -> {
                if (entry.retry == Retry.UNTIL_ACKNOWLEDGED) {
                    retryLater(entry);
                } else {
                    fail(entry, timeout());
                }
            }
            case Calls.Outcome.Lost _ -> {
                if (entry.retry == Retry.NEVER) {
                    fail(entry, new NotConnectedException(Cause.TRANSPORT_CLOSED));
                }
            }
        }
    }

    private void retryLater(Entry<?> entry) {
        entry.retryTimer = engine.after(engine.backoff(entry.failures++), () -> {
            if (open.contains(entry) && state.get() instanceof ConnectionState.Connected connected) {
                send(connected.wire(), entry);
            }
        });
    }

    /// The client gave up.
    void disconnected(Cause why) {
        List.copyOf(open).forEach(entry -> fail(entry, new NotConnectedException(why)));
    }

    private void fail(Entry<?> entry, HeliographException error) {
        close(entry);
        failAsync(entry.future, error);
    }

    /// What depends on a future is the application's code and must not run on the engine's thread.
    private static void failAsync(CompletableFuture<?> future, HeliographException error) {
        Thread.startVirtualThread(() -> future.completeExceptionally(error));
    }

    private void close(Entry<?> entry) {
        entry.retryTimer.cancel();
        open.remove(entry);
        byDeadline.remove(entry);
        permits.release();
    }

    // ---- deadlines ----

    private void arm() {
        if (!byDeadline.isEmpty() && byDeadline.first().deadline < alarmAt) {
            alarm.cancel();
            alarmAt = byDeadline.first().deadline;
            alarm = engine.after(Duration.ofNanos(Math.max(0, alarmAt - elapsed())), this::expire);
        }
    }

    private void expire() {
        alarmAt = Long.MAX_VALUE;
        long now = elapsed();
        while (!byDeadline.isEmpty() && byDeadline.first().deadline <= now) {
            fail(byDeadline.first(), timeout());
        }
        arm();
    }

    private static RequestTimeoutException timeout() {
        return new RequestTimeoutException("no answer in time");
    }
}
