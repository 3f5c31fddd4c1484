package dev.heliograph.cli.plan;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heliograph.cli.Failure;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A redis-server in a process of its own that keeps nothing on disk.
final class MeasuredRedis implements AutoCloseable {

    private static final String PROGRAM = "redis-server";

    private final Child child;
    private final int port;

    private MeasuredRedis(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /// Where the program is, if it is installed.
    static Optional<Path> program() {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static MeasuredRedis start(Path program, Path folder) throws InterruptedException {
        int port = freePort();
        List<String> command = List.of(
                program.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder.toString());
        Child child = Child.start(
                PROGRAM,
                folder,
                command,
                line -> line.toLowerCase(java.util.Locale.ROOT).contains("ready to accept connections") ? line : "");
        return new MeasuredRedis(child, port);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Failure("127.0.0.1 has no free port: " + e.getMessage(), e);
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    double cpuSeconds() {
        return child.cpuSeconds();
    }

    /// Bytes that its data takes.
    long dataBytes() {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("INFO memory\r\nQUIT\r\n".getBytes(US_ASCII));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            return in.lines()
                    .filter(line -> line.startsWith("used_memory:"))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                    .findFirst()
                    .orElseThrow(() -> new Failure("Redis does not tell its memory"));
        } catch (IOException e) {
            throw new Failure("Redis does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
