package dev.heliograph.cli.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The network that misbehaves, 203.0.113.0/24, as scrapers and spammers do: 48 connections without a token that
/// fill the lobby and try channels that are not theirs, and ten a second that shake hands and go at once.
/// Whoever is turned away tries again after two seconds, and never gives up.
final class Flood implements AutoCloseable {

    private static final int SPAMMERS = 48;
    private static final int KNOCKS_PER_SECOND = 10;
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String AGENT = "python-requests/2.32";

    /// A command of spammers, with its id and a number.
    private static final String SPAM = """
            {"id":%d,"publish":{"channel":"chat:lobby","data":{"name":"Prize","text":"You have won! Offer %d of today"}}}""";

    /// Another one: into channels that are not there.
    private static final String PRY = """
            {"id":%d,"subscribe":{"channel":"accounts:%d"}}""";

    private final URI endpoint;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();
    private final List<Spammer> spammers =
            IntStream.range(0, SPAMMERS).mapToObj(Spammer::new).toList();
    private int knocks;

    Flood(URI endpoint) {
        this.endpoint = endpoint;
    }

    void start() {
        for (Spammer each : spammers) {
            after(Duration.ofMillis(100L * each.number), each::come);
        }
        // With a delay, not a rate: what a busy machine was late for must not come at once.
        var _ = time.scheduleWithFixedDelay(this::knock, 1_000, 1_000 / KNOCKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    private void after(Duration wait, Runnable what) {
        try {
            var _ = time.schedule(what, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // The demo ends.
        }
    }

    private CompletableFuture<WebSocket> open(int host, WebSocket.Listener listener) {
        return http.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .header(Networks.HEADER, Networks.bad(host))
                .header("User-Agent", AGENT)
                .buildAsync(endpoint, listener);
    }

    /// Shakes hands and goes.
    private void knock() {
        var _ = open(SPAMMERS + knocks++, new WebSocket.Listener() {}).whenComplete((socket, _) -> {
            if (socket != null) {
                socket.abort();
            }
        });
    }

    /// One connection that says what nobody wants to hear.
    private final class Spammer implements WebSocket.Listener {

        private static final Duration SPEAKS = Duration.ofSeconds(4);

        private final int number;
        private @Nullable WebSocket socket;
        private int said;

        Spammer(int number) {
            this.number = number;
        }

        void come() {
            said = 0;
            var _ = open(number / 2, this).exceptionally(_ -> {
                after(AGAIN, this::come);
                return null;
            });
        }

        @Override
        public void onOpen(WebSocket opened) {
            opened.request(1);
            time.execute(() -> {
                socket = opened;
                say("{\"id\":1,\"connect\":{\"name\":\"scraper\",\"version\":\"0.1\"}}\n"
                        + "{\"id\":2,\"subscribe\":{\"channel\":\"chat:lobby\"}}");
                after(SPEAKS, () -> speak(opened));
            });
        }

        private void speak(WebSocket as) {
            if (as.equals(socket)) {
                said++;
                say((said % 2 == 0 ? PRY : SPAM).formatted(2 + said, said));
                after(SPEAKS.dividedBy(2), () -> speak(as));
            }
        }

        /// On the one thread, and only when the last message is on its way: the socket takes one at a time.
        private void say(String message) {
            WebSocket to = socket;
            if (to != null) {
                var _ = to.sendText(message, true);
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            if (data.toString().equals("{}")) {
                time.execute(() -> say("{}"));
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            gone();
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            gone();
        }

        private void gone() {
            after(Duration.ZERO, () -> socket = null);
            after(AGAIN, this::come);
        }
    }

    @Override
    public void close() {
        time.shutdownNow();
        http.shutdownNow();
    }
}
