package dev.heliograph.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The processes that this kit has started: it ends these and no others, at the latest when the JVM ends.
final class Children {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Set<Process> RUNNING = new HashSet<>();
    private static boolean over;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::killAll, "end-of-children"));
    }

    private Children() {}

    /// @throws IllegalStateException if Redis is not there
    static Process startRedis(ProcessBuilder builder) {
        return start(builder, "install it with bin/require redis");
    }

    /// @param remedy what to do if the program is not there
    /// @throws IllegalStateException if the program is not there
    static synchronized Process start(ProcessBuilder builder, String remedy) {
        if (over) {
            throw new IllegalStateException("the JVM is ending");
        }
        try {
            Process process = builder.start();
            RUNNING.add(process);
            return process;
        } catch (IOException e) {
            throw new IllegalStateException(builder.command().getFirst() + " can not be run: " + remedy, e);
        }
    }

    /// Asks a process to end, and kills it if it does not.
    static void end(Process process) {
        end(process, PATIENCE);
    }

    /// @param patience how long it may take to end by itself
    static void end(Process process, Duration patience) {
        process.destroy();
        if (!ended(process, patience)) {
            process.destroyForcibly();
            ended(process, PATIENCE);
        }
        forget(process);
    }

    /// Ends a process at once (SIGKILL).
    static void kill(Process process) {
        process.destroyForcibly();
        ended(process, PATIENCE);
        forget(process);
    }

    static void signal(Process process, String name) {
        if (!process.isAlive()) {
            throw new IllegalStateException("the process has ended");
        }
        try {
            // Every shell knows kill; a program of that name is not on every machine.
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + kill.exitValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException("sh can not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean ended(Process process, Duration patience) {
        try {
            return process.waitFor(patience);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static synchronized void forget(Process process) {
        RUNNING.remove(process);
    }

    private static void killAll() {
        for (Process process : last()) {
            process.destroyForcibly();
            ended(process, PATIENCE);
        }
    }

    private static synchronized List<Process> last() {
        over = true;
        return List.copyOf(RUNNING);
    }
}
