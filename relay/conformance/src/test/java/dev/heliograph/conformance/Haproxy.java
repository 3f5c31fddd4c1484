package dev.heliograph.conformance;

import static org.awaitility.Awaitility.await;

import dev.heliograph.testkit.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// A real HAProxy on a free port of 127.0.0.1. Ends with [#close].
final class Haproxy implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final Path log;

    private Haproxy(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /// Starts it and waits until it listens.
    ///
    /// @param config its configuration for the port that it shall listen on
    static Haproxy start(Path folder, IntFunction<String> config) throws IOException {
        int port = FreePort.find();
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), config.apply(port));
        Path log = folder.resolve("haproxy.log");
        Process process = new ProcessBuilder("haproxy", "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Haproxy haproxy = new Haproxy(process, port, log);
        await().atMost(PATIENCE).until(() -> !process.isAlive() || listens(port));
        if (!process.isAlive()) {
            throw new IllegalStateException(haproxy.log());
        }
        return haproxy;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    int port() {
        return port;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
}
