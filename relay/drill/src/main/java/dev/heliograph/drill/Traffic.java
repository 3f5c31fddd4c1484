package dev.heliograph.drill;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.client.HeliographClient;
import dev.heliograph.client.SubscribedEvent;
import dev.heliograph.client.Subscription;
import dev.heliograph.client.SubscriptionListener;
import dev.heliograph.client.SubscriptionOptions;
import dev.heliograph.protocol.Publication;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// Subscribers that recover, and publishers that repeat what was not acknowledged, through the load balancer;
/// and an
/// account of what was acknowledged and who got it.
final class Traffic implements AutoCloseable {

    private static final int CHANNELS = 5;
    private static final int READERS = 12;
    private static final int PUBLISHERS = 4;
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HISTORY = 10_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final URI api;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Channel> channels = new ArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean over;

    /// One channel: what was acknowledged, and who reads.
    private static final class Channel {
        final String name;
        final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
        final List<Reader> readers = new ArrayList<>();

        Channel(String name) {
            this.name = name;
        }
    }

    /// A subscriber, and what it got.
    private static final class Reader implements SubscriptionListener, AutoCloseable {
        final Set<Long> heard = ConcurrentHashMap.newKeySet();
        final HeliographClient client;
        final AtomicLong last = new AtomicLong(System.nanoTime());
        final AtomicLong longest = new AtomicLong();

        Reader(URI endpoint, String token) {
            this.client = HeliographClient.builder(endpoint)
                    .token(() -> token)
                    .backoff(Duration.ofMillis(100), Duration.ofSeconds(2))
                    .build();
        }

        Subscription subscribe(String channel) {
            Subscription subscription = client.subscription(
                    channel, SubscriptionOptions.DEFAULT.withRecoverable().withListener(this));
            subscription.subscribe();
            client.connect();
            return subscription;
        }

        /// A subscriber that is told that it missed something which the relay cannot send after it reads the
        /// history, as
        /// applications do.
        @Override
        public void onSubscribed(String channel, SubscribedEvent event) {
            if (event.wasRecovering() && !event.recovered()) {
                client.history(channel, HISTORY, Optional.empty(), false)
                        .thenAccept(history -> history.publications()
                                .forEach(each ->
                                        heard.add(Long.parseLong(each.data().text()))));
            }
        }

        @Override
        public void onPublication(String channel, Publication publication) {
            heard.add(Long.parseLong(publication.data().text()));
            long now = System.nanoTime();
            long before = last.getAndSet(now);
            longest.accumulateAndGet(now - before, Math::max);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private Traffic(URI balancer, String token) {
        this.api = balancer.resolve("/api/publish");
        URI endpoint = URI.create(balancer.toString().replaceFirst("^http", "ws") + "/connection/websocket");
        for (int i = 0; i < CHANNELS; i++) {
            Channel channel = new Channel("chat:drill-" + i);
            for (int j = 0; j < READERS; j++) {
                Reader reader = new Reader(endpoint, token);
                reader.subscribe(channel.name);
                channel.readers.add(reader);
            }
            channels.add(channel);
        }
    }

    /// Starts the subscribers, and when all of them hear, counts from there.
    static Traffic start(URI balancer, String token) {
        Traffic traffic = new Traffic(balancer, token);
        try {
            for (int i = 0; i < PUBLISHERS; i++) {
                traffic.threads.submit(traffic::publish);
            }
            Awaitility.await("subscribers that hear").atMost(PATIENCE).until(traffic::allHear);
            traffic.forget();
            return traffic;
        } catch (ConditionTimeoutException e) {
            traffic.close();
            throw new DrillException("not all subscribers hear what is published", e);
        }
    }

    private boolean allHear() {
        return readers().stream().allMatch(reader -> !reader.heard.isEmpty());
    }

    private List<Reader> readers() {
        return channels.stream().flatMap(channel -> channel.readers.stream()).toList();
    }

    /// What was published while subscribers came does not count.
    private void forget() {
        channels.forEach(channel -> channel.acknowledged.clear());
        mark();
    }

    /// From now on gaps count.
    void mark() {
        long now = System.nanoTime();
        for (Reader reader : readers()) {
            reader.last.set(now);
            reader.longest.set(0);
        }
    }

    /// The longest that any subscriber heard nothing since the mark; one that hears nothing now is counted as
    /// it stands.
    Duration longestGap() {
        long now = System.nanoTime();
        return Duration.ofNanos(readers().stream()
                .mapToLong(reader -> Math.max(reader.longest.get(), now - reader.last.get()))
                .max()
                .orElse(0));
    }

    /// Whether each has heard something within the last two seconds.
    boolean flows() {
        long since = System.nanoTime() - TimeUnit.SECONDS.toNanos(2);
        return readers().stream().allMatch(reader -> reader.last.get() - since > 0);
    }

    long acknowledged() {
        return channels.stream()
                .mapToLong(channel -> channel.acknowledged.size())
                .sum();
    }

    /// Ends the publishers, waits until all that was acknowledged has come, and counts what has not.
    long lost() {
        over = true;
        try {
            Awaitility.await("all that was acknowledged").atMost(PATIENCE).until(() -> missing() == 0);
        } catch (ConditionTimeoutException _) {
            // Then it is lost.
        }
        return missing();
    }

    private long missing() {
        long missing = 0;
        for (Channel channel : channels) {
            for (Reader reader : channel.readers) {
                missing += channel.acknowledged.stream()
                        .filter(number -> !reader.heard.contains(number))
                        .count();
            }
        }
        return missing;
    }

    private Void publish() throws InterruptedException {
        while (!over) {
            long number = numbers.incrementAndGet();
            Channel channel = channels.get((int) (number % CHANNELS));
            while (!acknowledged(channel, number) && !over) {
                Thread.sleep(AGAIN);
            }
            Thread.sleep(PAUSE);
        }
        return null;
    }

    private boolean acknowledged(Channel channel, long number) throws InterruptedException {
        String body =
                "{\"channel\":\"%s\",\"data\":%d,\"idempotency_key\":\"%d\"}".formatted(channel.name, number, number);
        HttpRequest request = HttpRequest.newBuilder(api)
                .timeout(TIMEOUT)
                .header("X-API-Key", RelayProcess.API_KEY)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            String answer = http.send(request, BodyHandlers.ofString()).body();
            if (JSON.readTree(answer).has("result")) {
                channel.acknowledged.add(number);
                return true;
            }
            return false;
        } catch (IOException _) {
            // The relay that had it is gone, or the load balancer has none: tried again.
            return false;
        }
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
        readers().forEach(Reader::close);
        http.shutdownNow();
    }
}
