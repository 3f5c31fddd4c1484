package dev.heliograph.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// A relay in a process of its own, from the classes that are being tested. Ends with [#close], at the latest
/// with the JVM; its log stays in `target/relays`, for failures. Threadsafe for those who ask; one thread kills
/// and starts.
///
/// Where it comes from: the class path of the tests if that has it, else the program that the variable
/// `HELIOGRAPH` names, else `bin/heliograph` of the checkout that the tests run in.
public final class RelayProcess implements AutoCloseable {

    /// Of relays whose configuration has it.
    public static final String API_KEY = "key of the back end";

    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:\\d+");
    private static final Pattern ADMIN = Pattern.compile("^admin:", Pattern.MULTILINE);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path config;
    private final Path log;
    private volatile Process process;
    private final int port;
    private final OptionalInt adminPort;

    private RelayProcess(Path config, Path log) throws IOException {
        this.config = config;
        this.log = log;
        this.port = FreePort.find();
        this.adminPort =
                ADMIN.matcher(Files.readString(config)).find() ? OptionalInt.of(FreePort.find()) : OptionalInt.empty();
        this.process = start();
    }

    /// Starts a relay and waits until it accepts connections.
    ///
    /// @param yaml its configuration; must have it listen on 127.0.0.1 and port 0, with `admin.port: 0` too
    ///     if it has an admin API
    /// @throws IllegalStateException if it does not start; with its log
    public static RelayProcess start(String yaml) {
        try {
            Path directory = Files.createDirectories(Path.of("target", "relays"));
            Path config = Files.writeString(Files.createTempFile(directory, "relay", ".yaml"), yaml);
            return new RelayProcess(config, Files.createTempFile(directory, "relay", ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it again after its end, on the same ports and with the configuration that its file has now, and
    /// waits until it accepts connections.
    public void restart() {
        try {
            process = start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() throws IOException {
        ProcessBuilder builder = RelayProgram.builder("relay", "--config", config.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("HELIOGRAPH_HTTP_SERVER_PORT", Integer.toString(port));
        adminPort.ifPresent(admin -> builder.environment().put("HELIOGRAPH_ADMIN_PORT", Integer.toString(admin)));
        Process started = Children.start(builder, "build it with make product");
        await(started);
        return started;
    }

    private void await(Process started) throws IOException {
        CompletableFuture<Void> listening = new CompletableFuture<>();
        // Reading a pipe holds a virtual thread's carrier, and there may be as few as two.
        Thread.ofPlatform().daemon().start(() -> read(started.inputReader(), listening));
        try {
            listening.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            Children.kill(started);
            throw new IllegalStateException("the relay did not start: " + Files.readString(log), e);
        }
    }

    /// Reads to the end, since a full pipe would stop the relay.
    private static void read(BufferedReader out, CompletableFuture<Void> listening) {
        try {
            String line;
            while ((line = out.readLine()) != null) {
                if (LISTENING.matcher(line).find()) {
                    listening.complete(null);
                }
            }
            listening.completeExceptionally(new IllegalStateException("it ended"));
        } catch (IOException e) {
            listening.completeExceptionally(e);
        }
    }

    /// Of clients and of the server API.
    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /// Of the admin API.
    ///
    /// @throws IllegalStateException if its configuration does not switch that on
    public int adminPort() {
        return adminPort.orElseThrow(() -> new IllegalStateException("this relay has no admin API"));
    }

    /// Where the admin API is, as in `http://127.0.0.1:8010`.
    ///
    /// @throws IllegalStateException if its configuration does not switch that on
    public URI adminUri() {
        return URI.create("http://127.0.0.1:" + adminPort());
    }

    /// Of the process that runs now, or ran last.
    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /// Calls the server API and returns the body of the answer.
    ///
    /// @throws IllegalStateException if the answer is an error
    public String api(String method, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/api/" + method))
                .header("X-API-Key", API_KEY)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            String answer = HTTP.send(request, BodyHandlers.ofString()).body();
            if (!answer.startsWith("{\"result\"")) {
                throw new IllegalStateException("API " + method + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What it wrote to its log so far.
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes another configuration into its file and asks it to read it (SIGHUP).
    public void reload(String yaml) throws IOException {
        Files.writeString(config, yaml);
        Children.signal(process, "HUP");
    }

    /// Stops the process where it is (SIGSTOP): its connections stay open, and it answers nothing.
    public void pause() {
        Children.signal(process, "STOP");
    }

    /// Lets a paused process go on.
    public void resume() {
        Children.signal(process, "CONT");
    }

    /// Asks it to end, as an operator would (SIGTERM).
    public void terminate() {
        process.destroy();
    }

    /// Ends it as a crash would (SIGKILL), and returns when it has ended.
    public void kill() {
        Children.kill(process);
    }

    /// Waits for its end and returns its exit code.
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(START)) {
            throw new IllegalStateException("the relay does not end: " + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        Children.end(process, END);
    }
}
