package dev.heliograph.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A relay in a process of its own, started as users start it, and what the system says about that process.
final class RelayUnderTest implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final int port;
    private final double startSeconds;

    private RelayUnderTest(Process process, int port, double startSeconds) {
        this.process = process;
        this.port = port;
        this.startSeconds = startSeconds;
    }

    /// Starts `bin/heliograph relay` with a configuration and waits until it accepts connections.
    static RelayUnderTest start(String yaml) {
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
            BufferedReader out = process.inputReader();
            String line;
            while ((line = out.readLine()) != null) {
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.find()) {
                    double seconds = (System.nanoTime() - began) / 1e9;
                    // Not a virtual thread: a read from a pipe would hold its carrier.
                    Thread.ofPlatform().daemon().start(() -> drain(out));
                    return new RelayUnderTest(process, Integer.parseInt(matcher.group(1)), seconds);
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

    int port() {
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
    long rss() {
        return ProcessFigures.rss(process.pid());
    }

    /// Heap bytes in use after a full collection.
    long heapAfterGc() {
        jcmd("GC.run");
        jcmd("GC.run");
        Matcher used = Pattern.compile("total [^\\n]*?used (\\d+)K").matcher(jcmd("GC.heap_info"));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1)) * 1_024;
        }
        return sum;
    }

    private String jcmd(String order) {
        try {
            Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            Process jcmd = new ProcessBuilder(tool.toString(), Long.toString(process.pid()), order)
                    .redirectErrorStream(true)
                    .start();
            String text = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            jcmd.waitFor();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Ends it at once, as if its host had failed: its peers are cut off.
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
