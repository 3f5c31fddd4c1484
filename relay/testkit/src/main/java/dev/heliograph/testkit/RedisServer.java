package dev.heliograph.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A Redis server in a process of its own, on 127.0.0.1 and a free port, with a data folder under `target/redis`
/// that goes with it. It writes no snapshots unless an option says so. Ends with [#close], at the latest with
/// the JVM.
public final class RedisServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 10;

    private final List<String> options;
    private final boolean sentinel;
    private final Path folder;
    private final Path log;
    private final int port;
    private final OptionalInt tlsPort;
    private volatile Process process;
    private boolean paused;

    private RedisServer(List<String> options, boolean sentinel, Path folder, int port, OptionalInt tlsPort) {
        this.options = List.copyOf(options);
        this.sentinel = sentinel;
        this.folder = folder;
        this.log = folder.resolve("redis.log");
        this.port = port;
        this.tlsPort = tlsPort;
        try {
            writeConfiguration();
            process = launch();
        } catch (RuntimeException e) {
            deleteFolder();
            throw e;
        }
    }

    /// Starts a server and waits until it answers.
    ///
    /// With a `--tls-cert-file` among the options it also listens on [#tlsPort]. Names of files must be
    /// absolute. The options must leave log and log level as they are, since the log tells when the server is
    /// ready.
    ///
    /// @param options lines of its configuration, each `--key value`, with the quoting of `redis.conf`
    /// @throws IllegalStateException if redis-server is not installed or refuses its options
    public static RedisServer start(List<String> options) {
        for (String option : options) {
            if (!option.startsWith("--") || option.indexOf(' ') < 0) {
                throw new IllegalArgumentException("not an option of the form '--key value': " + option);
            }
        }
        return start(options, false);
    }

    /// As [#start(List)].
    public static RedisServer start(String... options) {
        return start(List.of(options));
    }

    static RedisServer startSentinel(List<String> options) {
        return start(options, true);
    }

    private static RedisServer start(List<String> options, boolean sentinel) {
        boolean tls = options.stream().anyMatch(option -> option.startsWith("--tls-cert-file "));
        return retry(() -> {
            OptionalInt tlsPort = tls ? OptionalInt.of(FreePort.find()) : OptionalInt.empty();
            return new RedisServer(options, sentinel, newFolder(), FreePort.find(), tlsPort);
        });
    }

    /// Others may take a port between its choice and its use.
    private static <T> T retry(Supplier<T> start) {
        for (int attempt = 1; ; attempt++) {
            try {
                return start.get();
            } catch (PortTakenException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "redis")), "server");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /// Where the server listens for TLS.
    ///
    /// @throws IllegalStateException if it was started without a certificate
    public int tlsPort() {
        return tlsPort.orElseThrow(() -> new IllegalStateException("started without --tls-cert-file"));
    }

    /// Host and port, as in `127.0.0.1:6379`.
    public String address() {
        return "127.0.0.1:" + port;
    }

    /// As in `redis://127.0.0.1:6379`.
    public String uri() {
        return "redis://" + address();
    }

    /// Of the process that runs now, or ran last.
    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /// Sends a command over a connection of its own, as the default user; `--requirepass` is heeded.
    ///
    /// @return the reply as `redis-cli` writes it to a pipe: an array is one line for each element, nil is empty
    /// @throws IllegalStateException if the reply is an error
    /// @throws UncheckedIOException if there is no reply
    public String call(String... words) {
        try (Resp connection = Resp.connect(port, PATIENCE)) {
            Optional<String> password = password();
            if (password.isPresent()) {
                connection.call("AUTH", password.get());
            }
            return connection.call(words);
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", words), e);
        }
    }

    /// What it wrote to its log so far.
    public String log() {
        try {
            return Files.readString(log, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the process as a crash would (SIGKILL).
    public synchronized void kill() {
        Children.kill(process);
        paused = false;
    }

    /// Starts the server again, on the same port and with the same data folder, and waits until it answers. One
    /// that runs is asked to end first.
    public synchronized void restart() {
        end();
        process = retry(this::launch);
    }

    /// Stops the process where it is (SIGSTOP): its connections stay open, and it answers nothing.
    public synchronized void pause() {
        Children.signal(process, "STOP");
        paused = true;
    }

    /// Lets a paused process go on.
    public synchronized void resume() {
        Children.signal(process, "CONT");
        paused = false;
    }

    @Override
    public synchronized void close() {
        end();
        deleteFolder();
    }

    private void end() {
        if (paused) {
            // It would hear of SIGTERM only when it goes on.
            kill();
        } else {
            Children.end(process);
        }
    }

    private void writeConfiguration() {
        List<String> lines = new ArrayList<>(List.of("bind 127.0.0.1", "port " + port));
        if (!sentinel) {
            lines.add("save \"\"");
        }
        tlsPort.ifPresent(tls -> lines.add("tls-port " + tls));
        options.forEach(option -> lines.add(option.substring(2)));
        try {
            Files.write(folder.resolve("redis.conf"), lines);
            Files.createFile(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a process and waits until it answers.
    private Process launch() {
        List<String> command = new ArrayList<>(List.of("redis-server", "redis.conf"));
        if (sentinel) {
            command.add("--sentinel");
        }
        int before = log().length();
        Process started = Children.startRedis(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
        boolean answers = false;
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !started.isAlive() || isReady(before));
            answers = started.isAlive();
        } finally {
            if (!answers) {
                Children.kill(started);
            }
        }
        if (answers) {
            return started;
        }
        String written = log().substring(before);
        if (written.contains("Address already in use")) {
            throw new PortTakenException(written);
        }
        throw new IllegalStateException("redis-server did not start: " + written);
    }

    /// The log comes first: before this process has bound the port, a server of somebody else may answer there.
    private boolean isReady(int before) {
        String written = log().substring(before);
        return (written.contains("Ready to accept connections") || written.contains("Sentinel ID is")) && answers(port);
    }

    private static boolean answers(int port) {
        try (Resp connection = Resp.connect(port, PATIENCE)) {
            return connection.call("PING").equals("PONG");
        } catch (Resp.ErrorReply e) {
            return e.code().equals("NOAUTH") || e.code().equals("NOPERM");
        } catch (IOException _) {
            return false;
        }
    }

    private Optional<String> password() {
        String key = "--requirepass ";
        return options.stream()
                .filter(option -> option.startsWith(key))
                .map(option -> option.substring(key.length()))
                .findFirst();
    }

    private void deleteFolder() {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException _) {
            // Closed before, or a fork of a killed server still writes; target is for what may be left.
        }
    }

    private static final class PortTakenException extends IllegalStateException {

        private static final long serialVersionUID = 1;

        PortTakenException(String log) {
            super("another process took the port: " + log);
        }
    }
}
