package dev.heliograph.console.api;

/// Makes calls of the admin API.
@FunctionalInterface
public interface Caller {

    /// Blocks until the answer is there.
    ///
    /// @throws AdminException                              if it is refused or fails
    /// @throws java.util.concurrent.CancellationException if the thread is interrupted
    <T> T call(Call<T> call);
}
