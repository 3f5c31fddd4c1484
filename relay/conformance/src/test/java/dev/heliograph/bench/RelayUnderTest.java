package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A relay in a process of its own, started as users start it, and what the system says about that process. It ends
/// with [#close], at the latest with the JVM.
public final class RelayUnderTest implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

    /// How long it may take to end by itself, and how long a question to its JVM may take.
    private static final long PATIENCE_SECONDS = 20;

    private final Process process;
    private final Path log;
    private final int port;
    private final double startSeconds;

    private RelayUnderTest(Process process, Path log, int port, double startSeconds) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.startSeconds = startSeconds;
    }

    /// Starts `bin/heliograph relay` with a configuration and waits until it accepts connections.
    ///
    /// @throws IllegalStateException if it does not start; with its log
    public static RelayUnderTest start(String yaml) {
        try {
            Path config = Files.createTempFile("heliograph-bench", ".yaml");
            Files.writeString(config, yaml);
            Path log = Files.createTempFile("heliograph-bench", ".log");
            List<String> command = new ArrayList<>(List.of(
                    System.getProperty("heliograph.command", "bin/heliograph").split(" ")));
            command.addAll(List.of("relay", "--config", config.toString()));
            long began = System.nanoTime();
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
            BufferedReader out = process.inputReader();
            String line;
            while ((line = out.readLine()) != null) {
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.find()) {
                    double seconds = (System.nanoTime() - began) / 1e9;
                    // Not a virtual thread: a read from a pipe would hold its carrier.
                    Thread.ofPlatform().daemon().start(() -> drain(out));
                    return new RelayUnderTest(process, log, Integer.parseInt(matcher.group(1)), seconds);
                }
            }
            throw new IllegalStateException("the relay did not start: " + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void drain(BufferedReader out) {
        try {
            while (out.readLine() != null) {
                // A full pipe would stop the relay.
            }
        } catch (IOException _) {
            // It has ended.
        }
    }

    public int port() {
        return port;
    }

    /// From the start of the process to the line that says it accepts connections.
    double startSeconds() {
        return startSeconds;
    }

    /// CPU seconds used so far, user and system.
    double cpuSeconds() {
        return ProcessFigures.cpuSeconds(process.pid());
    }

    /// Resident bytes.
    public long rss() {
        return ProcessFigures.rss(process.pid());
    }

    /// Open files and sockets.
    public int descriptors() {
        return ProcessFigures.descriptors(process.pid());
    }

    /// Threads of the system.
    public int threads() {
        return ProcessFigures.threads(process.pid());
    }

    /// Heap bytes in use after a full collection.
    ///
    /// @throws IllegalStateException if its JVM does not answer
    public long heapAfterGc() {
        jcmd("GC.run");
        jcmd("GC.run");
        Matcher used = Pattern.compile("total [^\\n]*?used (\\d+)K").matcher(jcmd("GC.heap_info"));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1)) * 1_024;
        }
        if (sum == 0) {
            throw new IllegalStateException("the relay's JVM does not tell its heap");
        }
        return sum;
    }

    private String jcmd(String order) {
        try {
            Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            Process jcmd = new ProcessBuilder(tool.toString(), Long.toString(process.pid()), order)
                    .redirectErrorStream(true)
                    .start();
            // Waited for before it is read: the answers are short enough for the pipe.
            if (!jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                jcmd.destroyForcibly();
                throw new IllegalStateException("the relay's JVM does not answer to " + order);
            }
            return new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Completed with the exit code when the process has ended, however.
    public CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /// What it wrote to its log so far.
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it at once, as if its host had failed: its peers are cut off.
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        end(process);
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
