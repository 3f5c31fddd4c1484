package dev.heliograph.soak;

import dev.heliograph.bench.RelayUnderTest;
import dev.heliograph.bench.Results;
import dev.heliograph.loadtest.LoadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Runs the release under a [Load] and looks at it in regular windows: heap after a full collection, descriptors,
/// threads, latency. `bin/soak` calls it. Ends with a RESULT line; status 0 only if a [Judge] finds that nothing grew
/// and each message came once and in order.
public final class Soak {

    static final int LEAST_MINUTES = 1;

    /// A run of the clients of the API is an hour at most.
    static final int MOST_MINUTES = 50;

    private static final Path RESULTS = Path.of("target", "results");
    private static final double MIB = 1_024 * 1_024;
    private static final long LONGEST_WINDOW_MILLIS = 60_000;

    /// In a run that is short: what is left after the warm-up must show a trend.
    private static final int WINDOWS = 24;

    /// Beside the time of the load itself: all clients come in, what is on its way at the end.
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /// Time for everything to have its turn once.
    private static final long REHEARSAL_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long TICK_MILLIS = 100;
    private static final Pattern CLIENTS = Pattern.compile("\"num_clients\":(\\d+)");

    /// What ended the run before its time.
    private static final class Trouble extends Exception {
        private static final long serialVersionUID = 1L;

        Trouble(String message) {
            super(message);
        }
    }

    private final Duration time;
    private final RelayUnderTest relay;
    private final CompletableFuture<RuntimeException> trouble = new CompletableFuture<>();
    private final List<Window> windows = new ArrayList<>();
    private final long began = System.nanoTime();
    private volatile boolean interrupted;

    private Soak(Duration time, RelayUnderTest relay) {
        this.time = time;
        this.relay = relay;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted = true));
        relay.ended().thenRun(() -> trouble.complete(new IllegalStateException("the relay ended")));
    }

    /// @param args for how many minutes
    public static void main(String[] args) throws IOException, InterruptedException {
        int minutes = args.length == 1 && args[0].matches("\\d{1,2}") ? Integer.parseInt(args[0]) : 0;
        if (minutes < LEAST_MINUTES || minutes > MOST_MINUTES) {
            System.err.printf("soak: minutes from %d to %d, as in soak 30%n", LEAST_MINUTES, MOST_MINUTES);
            System.exit(2);
        }
        Files.createDirectories(RESULTS);
        boolean holds;
        try (RelayUnderTest relay = RelayUnderTest.start(Load.CONFIG)) {
            holds = new Soak(Duration.ofMinutes(minutes), relay).run();
        }
        System.exit(holds ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        List<Judge.Finding> findings = List.of();
        String missed;
        try {
            findings = course();
            List<Judge.Finding> faults =
                    findings.stream().filter(each -> !each.holds()).toList();
            faults.forEach(each -> System.err.println("soak: " + each.text()));
            missed = faults.stream().map(Judge.Finding::key).collect(Collectors.joining(","));
        } catch (Trouble e) {
            System.err.printf("soak: ended after %.0f s: %s%n", seconds(), e.getMessage());
            missed = "the_end";
        }
        report(findings, missed);
        return missed.isEmpty();
    }

    /// The whole of it, up to what the judge says.
    private List<Judge.Finding> course() throws Trouble, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            rehearse();
            int before = relay.descriptors();
            Deeds deeds;
            try (Load load = new Load(relay.port(), "main", time.plus(MARGIN), report(), trouble::complete)) {
                load.begin();
                watch(load, http);
                deeds = load.end();
            }
            Rest rest = rest(before, http);
            return Judge.judge(windows, rest, deeds);
        } catch (LoadException | IllegalStateException | UncheckedIOException e) {
            throw trouble(e);
        }
    }

    private static Path report() {
        return RESULTS.resolve("soak-api.json");
    }

    /// What a relay opens once, with the first clients, is no growth.
    private void rehearse() throws Trouble, InterruptedException {
        try (Load load = new Load(relay.port(), "first", MARGIN, report(), trouble::complete)) {
            load.begin();
            pause(REHEARSAL_NANOS);
            load.end();
        }
        relay.heapAfterGc();
    }

    private void watch(Load load, HttpClient http) throws Trouble, InterruptedException {
        long first = System.nanoTime();
        long window = Math.min(LONGEST_WINDOW_MILLIS, time.toMillis() / WINDOWS);
        load.sample();
        for (long due = window; due <= time.toMillis(); due += window) {
            pause(first + due * 1_000_000 - System.nanoTime());
            Load.Got got = load.sample();
            Window seen = new Window(
                    (System.nanoTime() - first) / 1e9,
                    relay.heapAfterGc(),
                    relay.rss(),
                    relay.descriptors(),
                    relay.threads(),
                    clients(http),
                    got.deliveries(),
                    got.latency().getValueAtPercentile(50) / 1e3,
                    got.latency().getValueAtPercentile(99) / 1e3);
            windows.add(seen);
            System.out.println(line(seen));
            // The collection stopped the relay: that is not in the next window.
            load.sample();
        }
    }

    /// Waits, unless something ends the run.
    private void pause(long nanos) throws Trouble, InterruptedException {
        try {
            throw trouble(trouble.get(Math.max(0, nanos), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            // Nothing did.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whatever failed, the end of the relay explains it.
    private Trouble trouble(RuntimeException otherwise) throws InterruptedException {
        if (interrupted) {
            return new Trouble("interrupted");
        }
        try {
            int code = relay.ended().get(1, TimeUnit.SECONDS);
            return new Trouble("the relay ended with code " + code + lastWords());
        } catch (TimeoutException | ExecutionException _) {
            Throwable cause = otherwise.getCause();
            return new Trouble(otherwise.getMessage() + (cause == null ? "" : ": " + cause.getMessage()));
        }
    }

    private String lastWords() {
        // Not the lines of a stack trace.
        return relay.log()
                .lines()
                .filter(each -> !each.isBlank() && !Character.isWhitespace(each.charAt(0)))
                .reduce((_, last) -> "; it said last: " + last)
                .orElse("");
    }

    /// Waits until the relay is as it was without clients.
    private Rest rest(int before, HttpClient http) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Rest rest = new Rest(before, relay.descriptors(), clients(http));
        while ((rest.descriptorsAfter() > before || rest.clientsAfter() > 0) && System.nanoTime() - deadline < 0) {
            Thread.sleep(TICK_MILLIS);
            rest = new Rest(before, relay.descriptors(), clients(http));
        }
        return rest;
    }

    /// As the relay counts them.
    private int clients(HttpClient http) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + "/api/info"))
                .timeout(Duration.ofSeconds(10))
                .header("X-API-Key", Load.KEY)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try {
            String answer = http.send(request, BodyHandlers.ofString()).body();
            Matcher count = CLIENTS.matcher(answer);
            if (!count.find()) {
                throw new IllegalStateException("the API does not tell the number of clients: " + answer);
            }
            return Integer.parseInt(count.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    private static String line(Window window) {
        return String.format(
                Locale.ROOT,
                "%5.0f s  clients %d  heap %.1f MB  rss %.0f MB  descriptors %d  threads %d  delivered %d"
                        + "  p50 %.2f ms  p99 %.2f ms",
                window.at(),
                window.clients(),
                window.heap() / MIB,
                window.rss() / MIB,
                window.descriptors(),
                window.threads(),
                window.deliveries(),
                window.p50(),
                window.p99());
    }

    private void report(List<Judge.Finding> findings, String missed) throws IOException {
        Results results = new Results("soak");
        add(results, "minutes", time.toMinutes());
        results.add("windows", Integer.toString(windows.size()), series());
        if (!windows.isEmpty()) {
            add(results, "clients", median(Window::clients));
            add(results, "heap_mb", median(each -> each.heap() / MIB));
            add(results, "rss_mb", median(each -> each.rss() / MIB));
            add(results, "descriptors", median(Window::descriptors));
            add(results, "threads", median(Window::threads));
            add(results, "p50_ms", median(Window::p50));
            add(results, "p99_ms", median(Window::p99));
            add(
                    results,
                    "delivered",
                    windows.stream().mapToLong(Window::deliveries).sum());
        }
        findings.forEach(each -> add(results, each.key(), each.measured()));
        results.write(missed.isEmpty() ? "" : " missed=" + missed);
    }

    private double median(ToDoubleFunction<Window> figure) {
        return Trend.median(windows.stream().mapToDouble(figure).toArray());
    }

    private static void add(Results results, String key, double value) {
        results.add(key, Judge.Finding.plain(value), Judge.Finding.plain(value));
    }

    private String series() {
        return windows.stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "    {\"at\": %.1f, \"heap\": %d, \"rss\": %d, \"descriptors\": %d, \"threads\": %d,"
                                + " \"clients\": %d, \"deliveries\": %d, \"p50_ms\": %.3f, \"p99_ms\": %.3f}",
                        each.at(),
                        each.heap(),
                        each.rss(),
                        each.descriptors(),
                        each.threads(),
                        each.clients(),
                        each.deliveries(),
                        each.p50(),
                        each.p99()))
                .collect(Collectors.joining(",\n", "[\n", "\n  ]"));
    }
}
