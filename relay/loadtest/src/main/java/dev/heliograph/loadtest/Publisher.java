package dev.heliograph.loadtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Publishes numbers to one channel over the HTTP API at an even pace, one after the other: each is tried again, with
/// its idempotency key, until it is acknowledged. What it can not do in its time it leaves out.
final class Publisher implements Runnable {

    /// Less than relays remember keys (5 minutes), so that nothing is published twice.
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(4);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 100;
    private static final JsonMapper JSON = new JsonMapper();

    /// What all publishers share.
    ///
    /// @param run   a name that no other run has
    /// @param pause nanoseconds between two publications of one channel
    /// @param over  when it is open, no publication is begun
    record Task(HttpClient http, List<URI> apis, String key, String run, long pause, CountDownLatch over, Book book) {}

    private final Task task;
    private final Channel channel;
    private final long first;
    private int api;
    private volatile boolean failed;
    private volatile String lastError = "";

    /// @param number counts the publishers
    /// @param first  when it begins, as of [System#nanoTime]
    Publisher(Task task, Channel channel, int number, long first) {
        this.task = task;
        this.channel = channel;
        this.api = number;
        this.first = first;
    }

    /// Whether it gave one up.
    boolean failed() {
        return failed;
    }

    /// Whether the last answer says that the request itself is wrong.
    boolean refused() {
        return lastError.matches("4\\d\\d|error 10[2-8]");
    }

    /// What went wrong last; empty if nothing did.
    String lastError() {
        return lastError;
    }

    @Override
    public void run() {
        try {
            long due = first;
            while (true) {
                if (task.over.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                if (!publish(channel.begin())) {
                    failed = true;
                    return;
                }
                long now = System.nanoTime();
                channel.acknowledge(now);
                due = Math.max(due + task.pause, now);
            }
        } catch (InterruptedException _) {
            failed = true;
        }
    }

    /// @return whether it was acknowledged in the end
    private boolean publish(int number) throws InterruptedException {
        String body = "{\"channel\":\"%s\",\"data\":%d,\"idempotency_key\":\"%s-%d\"}"
                .formatted(channel.name(), number, task.run, number);
        long deadline = System.nanoTime() + PATIENCE;
        while (!attempt(body)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            api++;
            Thread.sleep(PAUSE_MILLIS + ThreadLocalRandom.current().nextLong(PAUSE_MILLIS));
        }
        return true;
    }

    private boolean attempt(String body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(task.apis.get(Math.floorMod(api, task.apis.size())))
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofString(body));
        if (!task.key.isEmpty()) {
            request.header("X-API-Key", task.key);
        }
        String error;
        try {
            error = error(task.http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            error = e.getClass().getSimpleName();
        }
        if (!error.isEmpty()) {
            lastError = error;
            task.book.publishFailed(error);
        }
        return error.isEmpty();
    }

    private static String error(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            return Integer.toString(response.statusCode());
        }
        try {
            JsonNode answer = JSON.readTree(response.body());
            return answer.has("result")
                    ? ""
                    : "error " + answer.path("error").path("code").asText();
        } catch (JsonProcessingException _) {
            return "not JSON";
        }
    }
}
