package dev.heliograph.chaos;

import static org.awaitility.Awaitility.await;

import dev.heliograph.conformance.WireClient;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionTimeoutException;

/// Publishers and readers on the relays of a cluster, and what they wrote down.
final class Traffic implements AutoCloseable {

    /// How much of it.
    ///
    /// @param readers  of each channel
    /// @param goal     how many messages; a multiple of the number of channels
    /// @param openEnd  whether publishers go on beyond the goal until [#finish]
    /// @param twice    how many requests of 100 are sent to two relays at once
    /// @param drops    connections cut a second
    record Load(
            List<String> channels,
            int readers,
            int publishers,
            int perSecond,
            int goal,
            boolean openEnd,
            int twice,
            int drops) {}

    /// For faults to be over and work to be done; much more than it takes.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// The rest of the goal, at a machine's own pace.
    private static final Duration PATIENCE_TO_PUBLISH = Duration.ofMinutes(30);

    private static final int PROBE_SECONDS = 5;

    private final Cluster cluster;
    private final Load load;
    private final Counts counts = new Counts();
    private final Pace pace;
    private final List<HistoryChecker> checkers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Future<?>> reading = new ArrayList<>();
    private final List<Future<?>> publishing = new ArrayList<>();
    private final Future<?> dropping;
    private final List<String> faults = new ArrayList<>();

    private Traffic(Cluster cluster, Load load) {
        this.cluster = cluster;
        this.load = load;
        this.pace = new Pace(load.perSecond, load.goal, load.openEnd);
        for (String channel : load.channels) {
            HistoryChecker checker = new HistoryChecker();
            checkers.add(checker);
            for (int i = 0; i < load.readers; i++) {
                HistoryChecker.Reader log = checker.reader("reader %d of %s".formatted(i, channel));
                readers.add(new Reader(readers.size(), cluster.relays(), channel, log, counts));
            }
        }
        readers.forEach(reader -> reading.add(threads.submit(reader)));
        dropping = threads.submit(new Dropper(readers, load.drops, counts));
    }

    /// Starts the readers, and when all of them read, the publishers.
    static Traffic start(Cluster cluster, Load load) {
        Traffic traffic = new Traffic(cluster, load);
        try {
            await("readers that have begun")
                    .atMost(PATIENCE)
                    .until(() -> traffic.readers.stream()
                            .allMatch(reader -> reader.position().isPresent()));
        } catch (ConditionTimeoutException e) {
            traffic.close();
            throw e;
        }
        Publisher.Task task = new Publisher.Task(
                cluster.relays(), load.channels, traffic.checkers, traffic.pace, load.twice, traffic.counts);
        for (int id = 0; id < load.publishers; id++) {
            traffic.publishing.add(traffic.threads.submit(new Publisher(id, task, traffic.http)));
        }
        return traffic;
    }

    /// How many messages have been acknowledged.
    long acknowledged() {
        return checkers.stream().mapToLong(HistoryChecker::acknowledged).sum();
    }

    /// How often readers of channels with a prefix were told that something can not be recovered.
    long gaps(String prefix) {
        long gaps = 0;
        for (int i = 0; i < checkers.size(); i++) {
            if (load.channels.get(i).startsWith(prefix)) {
                gaps += checkers.get(i).gaps();
            }
        }
        return gaps;
    }

    Counts counts() {
        return counts;
    }

    /// Waits until so many more messages have been acknowledged, or all.
    void awaitMore(long messages) {
        long wanted = acknowledged() + messages;
        long enough = load.openEnd ? wanted : Math.min(load.goal, wanted);
        await("acknowledged messages").atMost(PATIENCE_TO_PUBLISH).until(() -> acknowledged() >= enough);
    }

    /// Waits until clients of every relay are told of what is published, and back ends can publish there.
    void awaitFlow() {
        for (RelayNode relay : cluster.relays()) {
            await("traffic on every relay").atMost(PATIENCE).ignoreExceptions().until(() -> flows(relay));
        }
    }

    private boolean flows(RelayNode relay) throws IOException {
        relay.process().api("publish", "{\"channel\": \"probe\", \"data\": \"x\"}");
        try (WireClient client = WireClient.connected(relay.port(), Encoding.JSON)) {
            client.timeout(Duration.ofSeconds(PROBE_SECONDS));
            client.subscribe(Request.Subscribe.to(load.channels.getFirst()));
            return client.push().orElseThrow() instanceof Push.Pub;
        }
    }

    /// Waits until all is published and read, ends the traffic, and checks what was written down.
    ///
    /// @return what is wrong; empty if nothing is
    List<String> finish() {
        pace.end();
        publishing.forEach(publisher -> settle("a publisher", publisher, PATIENCE_TO_PUBLISH));
        if (!dropping.cancel(true)) {
            settle("what drops connections", dropping, PATIENCE);
        }
        awaitReaders();
        stop();
        reading.forEach(reader -> settle("a reader", reader, PATIENCE));
        checkers.forEach(checker -> faults.addAll(checker.faults()));
        return List.copyOf(faults);
    }

    /// What they have not read when their time is over, the checkers find missing.
    private void awaitReaders() {
        List<Long> tops = load.channels.stream().map(cluster::top).toList();
        try {
            await("readers that have read all").atMost(PATIENCE).until(() -> {
                for (int i = 0; i < readers.size(); i++) {
                    boolean done = reading.get(i).isDone()
                            || readers.get(i).position().orElseThrow().offset() >= tops.get(i / load.readers);
                    if (!done) {
                        return false;
                    }
                }
                return true;
            });
        } catch (ConditionTimeoutException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
    }

    /// Waits for the end of a task, and notes what became of it.
    private void settle(String name, Future<?> task, Duration patience) {
        try {
            task.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            faults.add(name + " failed: " + e.getCause());
        } catch (TimeoutException _) {
            faults.add(name + " does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void stop() {
        for (Reader reader : readers) {
            try {
                reader.stop();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Ends what still runs.
    @Override
    public void close() {
        pace.end();
        stop();
        threads.shutdownNow();
        http.close();
    }
}
