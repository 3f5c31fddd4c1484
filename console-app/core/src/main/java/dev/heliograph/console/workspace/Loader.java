package dev.heliograph.console.workspace;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Fetches one thing in the background, and keeps what was there until the next answer. A later question takes the
/// place
/// of an earlier one that has no answer yet, which is cancelled and heard no more. Threadsafe.
public final class Loader<T> implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Loader.class.getName());

    private final Background background;
    private final Value<Loaded<T>> state = new Value<>(Loaded.nothing());
    private final AtomicLong turn = new AtomicLong();
    private final AtomicReference<CompletableFuture<T>> running =
            new AtomicReference<>(CompletableFuture.failedFuture(new CancellationException()));

    public Loader(Background background) {
        this.background = background;
    }

    public Value<Loaded<T>> state() {
        return state;
    }

    /// Asks. What the question throws is told as a problem.
    public void load(Callable<T> question) {
        long mine = turn.incrementAndGet();
        state.update(Loaded::asking);
        CompletableFuture<T> asked = background.call(question);
        running.getAndSet(asked).cancel(true);
        var _ = asked.whenComplete((answer, failure) -> {
            if (turn.get() == mine) {
                state.update(before -> failure == null ? Loaded.of(answer) : after(before, failure));
            }
        });
    }

    /// Gives up the question that is on its way; what was there stays.
    public void cancel() {
        turn.incrementAndGet();
        running.get().cancel(true);
        state.update(Loaded::cancelled);
    }

    /// Forgets what was there, too.
    public void clear() {
        cancel();
        state.set(Loaded.nothing());
    }

    private Loaded<T> after(Loaded<T> before, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CancellationException || cause instanceof InterruptedException) {
            return before.cancelled();
        }
        return before.failed(sentence(cause));
    }

    /// What went wrong, for an operator to read.
    public static String sentence(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof AdminException e) {
            return e.sentence();
        }
        if (cause instanceof IllegalArgumentException e && e.getMessage() != null) {
            return e.getMessage();
        }
        LOG.log(System.Logger.Level.WARNING, "a question to the cluster failed", cause);
        return Messages.text("common.failed", cause.getClass().getSimpleName());
    }

    @Override
    public void close() {
        cancel();
    }
}
