package dev.heliograph.cli.plan;

import dev.heliograph.cli.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// A process that is measured: started here, on 127.0.0.1, and ended by [#close], at the latest with this JVM.
final class Child implements AutoCloseable {

    private static final long START_SECONDS = 60;
    private static final long END_SECONDS = 20;

    private final String name;
    private final Process process;
    private final Thread hook;
    private final String ready;

    private Child(String name, Process process, String ready) {
        this.name = name;
        this.process = process;
        this.ready = ready;
        this.hook = new Thread(process::destroyForcibly, "end-of-" + name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Starts a program and waits for a line of its output.
    ///
    /// @param ready what to keep of the line that says it is ready; empty for other lines
    /// @throws Failure with the end of its errors, if it ends or says nothing within a minute
    static Child start(String name, Path folder, List<String> command, Function<String, String> ready)
            throws InterruptedException {
        Path errors = folder.resolve(name + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
            CompletableFuture<String> said = new CompletableFuture<>();
            // Not a virtual thread: reading a pipe holds its carrier, of which there may be two.
            Thread.ofPlatform().daemon().start(() -> read(process.inputReader(), ready, said));
            try {
                return new Child(name, process, said.get(START_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException _) {
                process.destroyForcibly();
                throw new Failure(name + " did not start: " + last(errors));
            }
        } catch (IOException e) {
            throw new Failure(name + " can not be started: " + e.getMessage(), e);
        }
    }

    /// To the end: a full pipe would stop the process.
    private static void read(BufferedReader out, Function<String, String> ready, CompletableFuture<String> said) {
        try (out) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String kept = ready.apply(line);
                if (!kept.isEmpty()) {
                    said.complete(kept);
                }
            }
            said.completeExceptionally(new IllegalStateException("it has ended"));
        } catch (IOException e) {
            said.completeExceptionally(e);
        }
    }

    private static String last(Path errors) throws IOException {
        List<String> lines = Files.readAllLines(errors);
        return lines.isEmpty() ? "it says nothing" : lines.getLast();
    }

    long pid() {
        return process.pid();
    }

    /// What was kept of the line that said it is ready.
    String ready() {
        return ready;
    }

    double cpuSeconds() {
        return ProcessUse.cpuSeconds(pid());
    }

    long rssBytes() {
        return ProcessUse.rssBytes(pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // It is that hook's turn already.
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
