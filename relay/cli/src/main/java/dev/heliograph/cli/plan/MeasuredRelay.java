package dev.heliograph.cli.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.cli.Failure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A relay of this installation in a process of its own: the same Java, the same flags and the same classes as
/// those of this command, so that what is measured is what runs.
final class MeasuredRelay implements AutoCloseable {

    static final String SECRET = "a secret of the calibration alone";
    static final String KEY = "a key of the calibration alone";

    /// Channels `log:*` keep a history; in others nothing is kept. Anybody may subscribe.
    private static final String CONFIG = """
        http_server: {address: 127.0.0.1, port: 0}
        log: {level: error}
        client: {ping_interval: %ds, pong_timeout: %dms, token: {hmac_secret_key: '%s'}}
        http_api: {key: '%s'}
        channel:
          without_namespace: {allow_subscribe_for_client: true, allow_publish_for_client: true}
          namespaces: [{name: log, history_size: 100, history_ttl: 10m, allow_subscribe_for_client: true}]
        """;

    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern OF_CLASS = Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +(\\S+)");
    private static final String FILLER = "jdk.internal.vm.Filler";
    private static final String MAIN = "dev.heliograph.cli.Main";
    private static final long MOST_PONG_MILLIS = 60_000;
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long PAUSE_MILLIS = 20;
    private static final int FEW_FILES = 10;
    private static final int MOST_COLLECTIONS = 10;

    /// A difference of so small a part is none.
    private static final int SAME = 500;

    private final Child child;

    private MeasuredRelay(Child child) {
        this.child = child;
    }

    /// @param folder      for its files
    /// @param pingSeconds between pings
    /// @param redis       address of the Redis that it shares with others, if there is one
    static MeasuredRelay start(Path folder, int pingSeconds, Optional<String> redis) throws InterruptedException {
        // It must be shorter than the interval; a client on a busy machine may take its time.
        long pongMillis = Math.min(MOST_PONG_MILLIS, pingSeconds * 750L);
        String yaml = CONFIG.formatted(pingSeconds, pongMillis, SECRET, KEY)
                + redis.map("broker: {type: redis, redis: {address: ['%s']}}\n"::formatted)
                        .orElse("");
        try {
            Path config = Files.writeString(Files.createTempFile(folder, "relay", ".yaml"), yaml);
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, "relay", "--config"));
            command.add(config.toString());
            return new MeasuredRelay(Child.start("relay", folder, command, MeasuredRelay::port));
        } catch (IOException e) {
            throw new Failure(folder + ": can not be written: " + e.getMessage(), e);
        }
    }

    private static String port(String line) {
        Matcher listening = LISTENING.matcher(line);
        return listening.find() ? listening.group(1) : "";
    }

    int port() {
        return Integer.parseInt(child.ready());
    }

    long pid() {
        return child.pid();
    }

    double cpuSeconds() {
        return child.cpuSeconds();
    }

    long rssBytes() {
        return child.rssBytes();
    }

    /// Waits until it has closed the connections that were opened since it had so many open files, but for a few.
    void awaitOpenFiles(long before) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (openFiles() > before + FEW_FILES) {
            if (System.nanoTime() - end > 0) {
                throw new Failure("the relay keeps connections whose clients have gone");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    long openFiles() {
        return ProcessUse.openFiles(child.pid());
    }

    /// Bytes of the objects that are alive. Collects as often as that finds something: what has a cleaner goes with the
    /// second time, and connections that were just closed take a moment.
    long heapBytes() throws InterruptedException {
        long bytes = liveBytes();
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            long before = bytes;
            bytes = liveBytes();
            if (before - bytes < before / SAME) {
                break;
            }
        }
        return bytes;
    }

    /// Counted class by class, without what a collector puts where dead objects were that it did not care to move
    /// away: that may be as much as what is alive.
    private long liveBytes() throws InterruptedException {
        Matcher each = OF_CLASS.matcher(jcmd("GC.class_histogram"));
        long sum = 0;
        while (each.find()) {
            if (!each.group(2).contains(FILLER)) {
                sum += Long.parseLong(each.group(1));
            }
        }
        if (sum == 0) {
            throw new Failure("jcmd does not tell the heap of the relay");
        }
        return sum;
    }

    private String jcmd(String order) throws InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process jcmd = new ProcessBuilder(tool.toString(), Long.toString(child.pid()), order)
                    .redirectErrorStream(true)
                    .start();
            String text = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
            jcmd.waitFor();
            return text;
        } catch (IOException e) {
            throw new Failure(tool + ": can not be run: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
