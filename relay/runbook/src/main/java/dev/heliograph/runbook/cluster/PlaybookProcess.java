package dev.heliograph.runbook.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One `ansible-playbook` with its output in a file. It asks nobody anything: there is nothing on its standard input.
final class PlaybookProcess {

    /// Output that [PlaybookOutput] can read, whatever the operator has set; and no host rather than a wrong one.
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "ANSIBLE_NOCOLOR", "1",
            "ANSIBLE_FORCE_COLOR", "0",
            "ANSIBLE_NOCOWS", "1",
            "ANSIBLE_STDOUT_CALLBACK", "default",
            "ANSIBLE_CALLBACK_RESULT_FORMAT", "json",
            "ANSIBLE_CALLBACK_FORMAT_PRETTY", "0",
            "ANSIBLE_INVENTORY_UNPARSED_FAILED", "1");

    private static final Path NOTHING = Path.of("/dev/null");

    /// Tasks take seconds.
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /// From the wish that it end to force.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Process process;
    private final Tail tail;

    private PlaybookProcess(Process process, Tail tail) {
        this.process = process;
        this.tail = tail;
    }

    /// @param output of it, all in one
    /// @throws IOException if there is no such program
    static PlaybookProcess start(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(NOTHING.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(ENVIRONMENT);
        return new PlaybookProcess(builder.start(), new Tail(output));
    }

    /// Waits until it has ended; if that takes too long, or the thread is interrupted, it is ended with all that it has
    /// started.
    ///
    /// @param told is given the name of each task when it has begun; it may miss short ones
    /// @return its exit code
    /// @throws TimeoutException if it took longer than the limit
    int await(Duration limit, Consumer<String> told) throws IOException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() > end) {
                    throw new TimeoutException();
                }
                tail.tell(told);
            }
            return process.exitValue();
        } finally {
            end();
        }
    }

    /// Those that it has started go on without it otherwise.
    private void end() {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<Void> ended =
                CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
        try {
            ended.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // Force follows.
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /// The end of a file that grows. It reads with no channel, which an interrupt would close.
    private static final class Tail {

        private final Path file;
        private long read;
        private String begun = "";

        Tail(Path file) {
            this.file = file;
        }

        void tell(Consumer<String> told) throws IOException {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
                byte[] more = new byte[Math.toIntExact(open.length() - read)];
                open.seek(read);
                open.readFully(more);
                read += more.length;
                String text = begun + new String(more, StandardCharsets.UTF_8);
                int whole = text.lastIndexOf('\n') + 1;
                begun = text.substring(whole);
                text.substring(0, whole)
                        .lines()
                        .flatMap(line -> PlaybookOutput.task(line).stream())
                        .reduce((_, last) -> last)
                        .ifPresent(told);
            }
        }
    }
}
