package dev.heliograph.server.control.sql;

import dev.heliograph.server.control.ControlException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// A connection and the one thread that uses it. The thread is its own, since one that is interrupted while it
/// reads or writes the database's file closes it for all.
final class Worker implements AutoCloseable {

    /// Longer than any query should take.
    private static final long PATIENCE_SECONDS = 30;

    /// Something to do with the connection.
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private final Connection connection;
    private final ExecutorService thread;

    Worker(String name, Connection connection) {
        this.connection = connection;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /// Does it in its turn.
    ///
    /// @throws ControlException if it fails, or it is not known whether it does
    <T> T call(Work<T> work) {
        Future<T> result;
        try {
            result = thread.submit(() -> work.run(connection));
        } catch (RejectedExecutionException e) {
            throw new ControlException("the control store is closed", e);
        }
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException("interrupted; it may be done nevertheless", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException problem ->
                    throw new ControlException("the control store on disk fails: " + problem.getMessage(), problem);
                case RuntimeException refusal -> throw refusal;
                case Error fatal -> throw fatal;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// Ends after what was begun.
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ControlException("the control store on disk is busy");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
