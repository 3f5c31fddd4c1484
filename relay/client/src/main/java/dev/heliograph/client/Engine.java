package dev.heliograph.client;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// What all parts of one client share: its configuration, its time, and the one thread that everything but the
/// application's own code runs on. State that only tasks of the engine touch needs no lock.
final class Engine implements Executor {

    private final ClientConfig config;
    private final Timing timing;
    private final RandomGenerator random;
    private final Serial serial = new Serial("heliograph-client");
    private final Runnable afterEachTask;

    /// @param random used on the engine's thread only
    Engine(ClientConfig config, Timing timing, RandomGenerator random, Runnable afterEachTask) {
        this.config = config;
        this.timing = timing;
        this.random = random;
        this.afterEachTask = afterEachTask;
    }

    ClientConfig config() {
        return config;
    }

    long now() {
        return timing.nanos();
    }

    /// Runs a task on the engine's thread, after all that were handed over before.
    @Override
    public void execute(Runnable task) {
        serial.execute(() -> {
            try {
                task.run();
            } finally {
                afterEachTask.run();
            }
        });
    }

    /// Runs a task on the engine's thread after a delay. One that is cancelled on this thread does not run.
    Timing.Timer after(Duration delay, Runnable task) {
        boolean[] cancelled = {false};
        Timing.Timer timer = timing.after(
                delay,
                () -> execute(() -> {
                    if (!cancelled[0]) {
                        task.run();
                    }
                }));
        return () -> {
            cancelled[0] = true;
            timer.cancel();
        };
    }

    /// The pause before the next try of anything.
    Duration backoff(int failures) {
        return config.backoff().delay(failures, random);
    }
}
