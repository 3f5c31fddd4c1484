package dev.heliograph.console.workspace;

import dev.heliograph.console.value.Watch;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// Where the console does what takes time: never on the thread of the toolkit.
public interface Background {

    /// Does it on a virtual thread. Cancelling the future interrupts it.
    <T> CompletableFuture<T> call(Callable<T> work);

    /// Does it now and again, each time on a virtual thread and never twice at once; what it throws is logged. The
    /// pause is from
    /// the end of one to the beginning of the next.
    Watch every(Duration pause, Runnable work);
}
