package dev.heliograph.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.chaos.HistoryChecker;
import dev.heliograph.chaos.HistoryChecker.Message;
import dev.heliograph.chaos.HistoryChecker.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A back end that publishes 1, 2, 3, ... to each of the channels `log:0`, `log:1`, ... at an interval, over the HTTP
/// API, and tells the checkers where they are. One channel after the other: all at once would be a burst to all of
/// their subscribers, in which nothing else is seen in time. On a thread of its own, until it is closed.
public final class NumberPublisher implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI api;
    private final List<HistoryChecker> checkers;
    private final long intervalMillis;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Thread thread;
    private final long[] tops;
    private volatile boolean ended;
    private @Nullable Exception failure;

    /// Begins.
    public NumberPublisher(int port, List<HistoryChecker> checkers, long intervalMillis) {
        this.api = URI.create("http://127.0.0.1:" + port + "/api/publish");
        this.checkers = checkers;
        this.intervalMillis = intervalMillis;
        this.tops = new long[checkers.size()];
        this.thread = Thread.ofPlatform().name("number-publisher").start(this::run);
    }

    private void run() {
        try {
            long pauseNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis) / checkers.size();
            long due = System.nanoTime();
            for (int number = 1; !ended; number++) {
                for (int channel = 0; channel < checkers.size() && !ended; channel++) {
                    publish(channel, number);
                    due += pauseNanos;
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                }
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(int channel, int number) throws IOException, InterruptedException {
        String body = "{\"channel\":\"log:%d\",\"data\":%d}".formatted(channel, number);
        HttpRequest request = HttpRequest.newBuilder(api)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        JsonNode place = JSON.readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .required("result");
        tops[channel] = place.required("offset").longValue();
        checkers.get(channel)
                .acknowledged(
                        new Message(0, number),
                        new Place(place.required("epoch").textValue(), tops[channel]));
    }

    /// Publishes no more.
    ///
    /// @return the offset of the last message of each channel
    public long[] end() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (failure instanceof IOException e) {
            throw new UncheckedIOException(e);
        } else if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return tops.clone();
    }

    @Override
    public void close() {
        ended = true;
        http.close();
    }
}
