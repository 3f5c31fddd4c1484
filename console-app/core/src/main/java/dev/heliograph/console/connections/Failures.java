package dev.heliograph.console.connections;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.text.Messages;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// What became of work in the background that did not do what it should.
final class Failures {

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    static Throwable cause(@Nullable Throwable failure) {
        if (failure == null) {
            return new IllegalStateException("no answer and no failure");
        }
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static boolean isCancellation(Throwable cause) {
        return cause instanceof CancellationException || cause instanceof InterruptedException;
    }

    static String sentence(Throwable cause) {
        if (cause instanceof AdminException e) {
            return e.sentence();
        }
        LOG.log(System.Logger.Level.WARNING, "a question to the cluster failed", cause);
        return Messages.text("connections.failed", cause.getClass().getSimpleName());
    }
}
