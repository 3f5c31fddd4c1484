package dev.heliograph.cli.plan;

import dev.heliograph.cli.Failure;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/// A redis-server in a process of its own that keeps nothing on disk.
final class MeasuredRedis implements AutoCloseable {

    private static final String PROGRAM = "redis-server";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int SCANNED = 1_000;

    /// What `MEMORY USAGE` takes for "measure each element, none by sample".
    private static final int ALL_ELEMENTS = 0;

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

    /// Bytes that it takes as a whole, buffers of its clients included.
    long usedBytes() {
        return ask(jedis -> jedis.info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new Failure("Redis does not tell its memory")));
    }

    /// Bytes that all its keys take with their values. Asked key by key: the whole of the process goes up and down
    /// with the buffers of its clients, by more than some entries take.
    long keysBytes() {
        return ask(jedis -> {
            ScanParams some = new ScanParams().count(SCANNED);
            String cursor = ScanParams.SCAN_POINTER_START;
            // A scan may come upon a key again.
            Map<String, Response<Long>> sizes = new HashMap<>();
            do {
                ScanResult<String> found = jedis.scan(cursor, some);
                try (Pipeline pipeline = jedis.pipelined()) {
                    for (String key : found.getResult()) {
                        sizes.computeIfAbsent(key, each -> pipeline.memoryUsage(each, ALL_ELEMENTS));
                    }
                }
                cursor = found.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
            return sizes.values().stream()
                    .map(Response::get)
                    .filter(Objects::nonNull)
                    .mapToLong(Long::longValue)
                    .sum();
        });
    }

    private <T> T ask(Function<Jedis, T> question) {
        try (Jedis jedis = new Jedis("127.0.0.1", port, TIMEOUT_MILLIS)) {
            return question.apply(jedis);
        } catch (JedisException e) {
            throw new Failure("Redis does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
