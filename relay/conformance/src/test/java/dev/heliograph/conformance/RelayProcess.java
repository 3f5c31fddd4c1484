package dev.heliograph.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A relay in a process of its own, from the classes that are being tested. Ends with [#close]; its log stays in
/// `target/relays`, for failures.
public final class RelayProcess implements AutoCloseable {

    /// Of relays whose configuration has it.
    public static final String API_KEY = "key of the back end";

    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path config;
    private final Path log;
    private final int port;

    private RelayProcess(Process process, Path config, Path log, int port) {
        this.process = process;
        this.config = config;
        this.log = log;
        this.port = port;
    }

    /// Starts a relay and waits until it accepts connections.
    ///
    /// @param yaml its configuration; must have it listen on 127.0.0.1 and port 0
    public static RelayProcess start(String yaml) {
        try {
            Path directory = Files.createDirectories(Path.of("target", "relays"));
            Path config = Files.writeString(Files.createTempFile(directory, "relay", ".yaml"), yaml);
            Path log = Files.createTempFile(directory, "relay", ".log");
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.heliograph.cli.Main",
                            "relay",
                            "--config",
                            config.toString())
                    .redirectError(log.toFile())
                    .start();
            // Tests that are interrupted, or fail before they can close it, leave no relay behind.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new RelayProcess(process, config, log, port(process, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(Process process, Path log) throws IOException {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        // Reading a pipe holds a virtual thread's carrier, and there may be as few as two.
        Thread.ofPlatform().daemon().start(() -> read(process.inputReader(), port));
        try {
            return port.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("the relay did not start: " + Files.readString(log), e);
        }
    }

    /// Reads to the end, since a full pipe would stop the relay.
    private static void read(BufferedReader out, CompletableFuture<Integer> port) {
        try {
            String line;
            while ((line = out.readLine()) != null) {
                Matcher matcher = LISTENING.matcher(line);
                if (matcher.find()) {
                    port.complete(Integer.parseInt(matcher.group(1)));
                }
            }
            port.completeExceptionally(new IllegalStateException("it ended"));
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /// Calls the server API and returns the body of the answer.
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
    public void reload(String yaml) throws IOException, InterruptedException {
        Files.writeString(config, yaml);
        Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("no signal was sent");
        }
    }

    /// Asks it to end, as an operator would (SIGTERM).
    public void terminate() {
        process.destroy();
    }

    /// Ends it as a crash would (SIGKILL), and returns when it has ended.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /// Waits for its end and returns its exit code.
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the relay does not end: " + log());
        }
        return process.exitValue();
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
