package dev.heliograph.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.chaos.HistoryChecker.Message;
import dev.heliograph.chaos.HistoryChecker.Place;
import dev.heliograph.testkit.RelayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/// A back end: publishes a numbered message to every channel over the HTTP API, round by round, each with an
/// idempotency key, and tries those that were not acknowledged again on another relay. Now and then it sends a
/// request to two relays at once, without need.
final class Publisher implements Callable<Void> {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// More than Redis may take, and much less than relays remember keys.
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    /// Less than relays remember keys (5 minutes), so that no message is published twice.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofMillis(50);

    /// Where the messages go and what becomes of them.
    ///
    /// @param checkers for each channel
    /// @param twice    how many requests of 100 are sent to two relays at once
    record Task(
            List<RelayNode> relays,
            List<String> channels,
            List<HistoryChecker> checkers,
            Pace pace,
            int twice,
            Counts counts) {}

    private final int id;
    private final Task task;
    private final HttpClient http;
    private final Random random;
    private int number;

    Publisher(int id, Task task, HttpClient http) {
        this.id = id;
        this.task = task;
        this.http = http;
        this.random = new Random(id);
    }

    @Override
    public Void call() throws InterruptedException {
        while (task.pace.admit(task.channels.size())) {
            number++;
            round();
        }
        return null;
    }

    /// Publishes one message to every channel.
    private void round() throws InterruptedException {
        List<Integer> open = new ArrayList<>();
        for (int channel = 0; channel < task.channels.size(); channel++) {
            open.add(channel);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int relay = random.nextInt(task.relays.size());
        while (true) {
            boolean[] done = request(relay, open);
            List<Integer> rest = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                if (!done[i]) {
                    rest.add(open.get(i));
                }
            }
            open = rest;
            if (open.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                open.forEach(channel -> task.checkers.get(channel).unsure(message()));
                throw new IllegalStateException("message %s is not acknowledged in %d channels, the first %s"
                        .formatted(message(), open.size(), task.channels.get(open.getFirst())));
            }
            task.counts.repeats.add(open.size());
            relay = other(relay);
            Thread.sleep(PAUSE);
        }
    }

    private int other(int relay) {
        return (relay + 1 + random.nextInt(task.relays.size() - 1)) % task.relays.size();
    }

    private Message message() {
        return new Message(id, number);
    }

    /// Sends the message to some channels, perhaps by two relays.
    ///
    /// @return for which it was acknowledged
    private boolean[] request(int relay, List<Integer> channels) {
        String body = channels.stream()
                .map(channel ->
                        "{\"publish\": {\"channel\": \"%s\", \"data\": \"%d:%d\", \"idempotency_key\": \"%d:%d\"}}"
                                .formatted(task.channels.get(channel), id, number, id, number))
                .collect(Collectors.joining(",", "{\"commands\": [", "]}"));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        answers.add(send(relay, body));
        if (random.nextInt(100) < task.twice) {
            task.counts.repeats.add(channels.size());
            answers.add(send(other(relay), body));
        }
        boolean[] done = new boolean[channels.size()];
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            try {
                read(answer.join(), channels, done);
            } catch (CompletionException | IOException _) {
                // The relay is gone, or too slow.
                task.counts.failedRequests.increment();
            }
        }
        return done;
    }

    private CompletableFuture<HttpResponse<String>> send(int relay, String body) {
        task.counts.requests.increment();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(task.relays.get(relay).process().url() + "/api/batch"))
                .header("X-API-Key", RelayProcess.API_KEY)
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private void read(HttpResponse<String> response, List<Integer> channels, boolean[] done) throws IOException {
        JsonNode replies = JSON.readTree(response.body()).required("result").required("replies");
        for (int i = 0; i < channels.size(); i++) {
            JsonNode place = replies.required(i).get("publish");
            if (place != null) {
                task.checkers
                        .get(channels.get(i))
                        .acknowledged(
                                message(),
                                new Place(
                                        place.required("epoch").textValue(),
                                        place.required("offset").longValue()));
                done[i] = true;
            }
        }
    }
}
