package dev.heliograph.conformance;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `bin/demo` and `bin/demo cluster` as a user runs them, on free ports, with the classes that are being tested.
/// Ends with [#close].
final class DemoCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path SCRIPT =
            Path.of("..", "..", "bin", "demo").toAbsolutePath().normalize();
    private static final int PORTS = 9;
    private static final int ATTEMPTS = 1_000;
    private static final Pattern PID =
            Pattern.compile("^ +(HAProxy|Redis|relay \\d|traffic|console) .* pid (\\d+)", Pattern.MULTILINE);

    private final Path folder;
    private final int port;
    private final Process process;

    /// Guarded by itself.
    private final StringBuilder output = new StringBuilder();

    private DemoCluster(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
        // Reading a pipe holds a virtual thread's carrier, and there may be as few as two.
        Thread.ofPlatform().daemon().start(this::read);
        // Tests that are interrupted leave nothing behind: the script ends its parts.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    /// Starts the cluster alone.
    ///
    /// @param relay the lines of a shell script that stands in for `bin/heliograph`
    static DemoCluster start(String relay) {
        return start(relay, List.of("cluster"), Map.of());
    }

    /// Starts the script.
    ///
    /// @param relay       the lines of a shell script that stands in for `bin/heliograph`
    /// @param environment set for it; empty for what it must not have
    static DemoCluster start(String relay, List<String> arguments, Map<String, String> environment) {
        try {
            Path target = Files.createDirectories(Path.of("target", "relays").toAbsolutePath());
            Path command = Files.writeString(Files.createTempFile(target, "heliograph", ".sh"), "#!/bin/sh\n" + relay);
            if (!command.toFile().setExecutable(true)) {
                throw new IOException(command + " can not be made executable");
            }
            Path folder = Files.createTempDirectory(target, "cluster");
            int port = freePorts();
            List<String> words = Stream.concat(Stream.of(SCRIPT.toString()), arguments.stream())
                    .toList();
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().put("PORT", Integer.toString(port));
            builder.environment().put("HELIOGRAPH", command.toString());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("TMPDIR", folder.toString());
            builder.environment().putAll(environment);
            builder.environment().values().removeIf(String::isEmpty);
            return new DemoCluster(folder, port, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A stand-in for `bin/heliograph` that runs the classes of this test's class path.
    static String classesUnderTest() {
        return "exec '%s' -Xmx256m -XX:TieredStopAtLevel=1 -cp '%s' dev.heliograph.cli.Main \"$@\"%n"
                .formatted(
                        ProcessHandle.current().info().command().orElse("java"), System.getProperty("java.class.path"));
    }

    /// The first of nine free ports in a row, outside of those that systems give to outgoing connections.
    private static int freePorts() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int first = ThreadLocalRandom.current().nextInt(10_000, 32_000);
            if (IntStream.range(first, first + PORTS).allMatch(DemoCluster::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("no " + PORTS + " free ports in a row");
    }

    static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            String line;
            while ((line = reader.readLine()) != null) {
                synchronized (output) {
                    output.append(line).append('\n');
                }
            }
        } catch (IOException _) {
            // It was closed.
        }
    }

    /// What it has written so far.
    String output() {
        synchronized (output) {
            return output.toString();
        }
    }

    /// Waits until it has written something.
    ///
    /// @throws AssertionError if it ends before
    void awaitOutput(String text) {
        await().atMost(PATIENCE).until(() -> output().contains(text) || !process.isAlive());
        if (!output().contains(text)) {
            throw new AssertionError("it ended without saying '" + text + "': " + output());
        }
    }

    /// The port of HAProxy.
    int port() {
        return port;
    }

    /// Its own port, relays being numbered from 1.
    int relayPort(int number) {
        return port + number;
    }

    /// Of the admin API of a relay, relays being numbered from 1.
    int adminPort(int number) {
        return port + 5 + number;
    }

    /// All nine ports that it uses.
    List<Integer> ports() {
        return IntStream.range(port, port + PORTS).boxed().toList();
    }

    /// What an operator shows to the admin API.
    String token() {
        try (Stream<Path> files = Files.walk(folder)) {
            Path file = files.filter(path -> path.endsWith("demo.token"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no token in " + folder));
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where it keeps what it writes; empty when it has ended.
    Path folder() {
        return folder;
    }

    /// The process of a part, as the script tells it.
    ProcessHandle part(String name) {
        return parts().filter(match -> match.group(1).equals(name))
                .map(DemoCluster::process)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in: " + output()));
    }

    /// The processes of all parts, as the script tells them.
    List<ProcessHandle> allParts() {
        return parts().map(DemoCluster::process).toList();
    }

    private Stream<MatchResult> parts() {
        return PID.matcher(output()).results();
    }

    private static ProcessHandle process(MatchResult match) {
        return ProcessHandle.of(Long.parseLong(match.group(2)))
                .orElseThrow(() -> new AssertionError("no process: " + match.group()));
    }

    /// Presses Ctrl-C. Where SIGINT is ignored by this process, as under `nohup` or `&`, all children ignore
    /// it, too, and can not change that: they are sent SIGTERM.
    void interrupt() throws IOException, InterruptedException {
        String signal = ignoresInterrupts() ? "TERM" : "INT";
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
    }

    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .substring("SigIgn:".length())
                .strip();
        // Bit n - 1 is signal n, and SIGINT is 2.
        return (Long.parseUnsignedLong(ignored, 16) & 2) != 0;
    }

    /// Waits for its end and returns its exit code.
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
