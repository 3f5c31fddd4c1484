package dev.heliograph.loadtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Runs a [LoadPlan] once and keeps a report in a file. [#mark] and [#end] are for any thread.
///
/// ```
/// starting ──► running ──► settling ──► done
///     └───────────┴───────────┴──► failed
/// ```
///
/// All clients come in; then publishers publish until the time is over or [#end]; then what was acknowledged has half a
/// minute to come.
public final class LoadTest implements Control.Orders {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /// On top of the time that the ramp takes.
    private static final long ENTRY = TimeUnit.SECONDS.toNanos(60);

    /// Longer than a client waits for the answer to its goodbye.
    private static final long FAREWELL = TimeUnit.SECONDS.toNanos(2);

    /// What was acknowledged so long ago and has not come is missing.
    private static final long LATE = TimeUnit.SECONDS.toNanos(2);

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long TICK_MILLIS = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /// So many visitors at a time for each that comes in a second: none stays longer, if it is served.
    private static final int CROWD = 5;

    private final LoadPlan plan;
    private final Path report;
    private final long progress;
    private final Instant started = Instant.now();
    private final long began = System.nanoTime();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Channel> channels;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final Book book;
    private final Reactor reactor;
    private final World world;
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private volatile String state = "starting";
    private int visitors;
    private int visited;
    private boolean counting;
    private long counted;
    private long nextReport;

    /// @param report   the file; its folder must exist
    /// @param progress how often it is written anew
    /// @throws IllegalArgumentException with a reason, if the plan names a host that is not known
    public LoadTest(LoadPlan plan, Path report, Duration progress) {
        this.plan = plan;
        this.report = report;
        this.progress = progress.toNanos();
        this.channels = IntStream.range(0, plan.channels())
                .mapToObj(i -> new Channel(plan.prefix() + run + "-" + i))
                .toList();
        this.book = new Book(channels, plan.clients());
        this.reactor = Reactor.start();
        this.world = new World(
                reactor,
                book,
                channels,
                plan.urls().stream().map(Endpoint::of).toList(),
                number -> plan.token().apply("load-" + number),
                new SplittableRandom());
    }

    @Override
    public void mark(String name) {
        reactor.execute(() -> {
            tellGaps();
            book.mark(name);
        });
    }

    @Override
    public void end() {
        end.countDown();
    }

    /// Runs it; once.
    ///
    /// @throws LoadException if clients do not come in, or nothing is acknowledged
    public LoadResult run() throws InterruptedException {
        try (reactor) {
            try {
                enter();
                load();
            } catch (LoadException e) {
                state = "failed";
                writeReport();
                throw e;
            }
            state = "done";
            LoadResult result = reactor.ask(this::result);
            writeReport();
            leave();
            return result;
        }
    }

    private void enter() throws InterruptedException {
        reactor.execute(this::ramp);
        reactor.execute(this::everySecond);
        long most = ENTRY + SECOND * plan.clients() / plan.ramp();
        if (!until(() -> reactor.ask(book::allLive), most)) {
            throw new LoadException("%s %d of %d clients came in"
                    .formatted(
                            end.getCount() == 0 ? "it was ended when" : "only",
                            reactor.ask(book::live),
                            plan.clients()));
        }
    }

    private void leave() throws InterruptedException {
        reactor.execute(() -> subscribers.forEach(Subscriber::stop));
        long deadline = System.nanoTime() + FAREWELL;
        while (!reactor.ask(() -> subscribers.stream().allMatch(Subscriber::gone))
                && System.nanoTime() - deadline < 0) {
            Thread.sleep(TICK_MILLIS);
        }
    }

    private void ramp() {
        double due = (System.nanoTime() - began + STEP) * (double) plan.ramp() / SECOND;
        while (subscribers.size() < Math.min(due, plan.clients())) {
            Subscriber subscriber = new Subscriber(world, subscribers.size());
            subscribers.add(subscriber);
            subscriber.connect();
        }
        if (subscribers.size() < plan.clients()) {
            reactor.after(STEP, this::ramp);
        }
    }

    private void everySecond() {
        long now = System.nanoTime();
        subscribers.forEach(each -> each.checkPing(now));
        reactor.after(SECOND, this::everySecond);
    }

    private void load() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        try {
            List<Publisher> publishers = publishers(http, over);
            state = "running";
            reactor.execute(this::begin);
            publishers.forEach(threads::execute);
            if (plan.rate() > 0) {
                until(() -> acknowledged() > 0 || publishers.stream().anyMatch(Publisher::refused), PATIENCE);
                if (acknowledged() == 0 && end.getCount() > 0) {
                    throw new LoadException("nothing is acknowledged: " + lastError(publishers));
                }
            }
            until(() -> false, plan.time().toNanos());
            state = "settling";
            over.countDown();
            reactor.ask(() -> {
                tellGaps();
                counting = false;
                return true;
            });
            settle(publishers);
        } finally {
            // A publisher may be about to try again for minutes.
            threads.shutdownNow();
            http.shutdownNow();
        }
    }

    private static String lastError(List<Publisher> publishers) {
        return publishers.stream()
                .map(Publisher::lastError)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("the API does not answer");
    }

    private List<Publisher> publishers(HttpClient http, CountDownLatch over) {
        if (plan.rate() == 0) {
            return List.of();
        }
        long pause = SECOND * channels.size() / plan.rate();
        Publisher.Task task = new Publisher.Task(http, plan.apis(), plan.apiKey(), run, pause, over, book);
        long now = System.nanoTime();
        return IntStream.range(0, channels.size())
                .mapToObj(i -> new Publisher(task, channels.get(i), i, now + pause * i / channels.size()))
                .toList();
    }

    private void begin() {
        book.mark("run");
        counting = true;
        counted = System.nanoTime();
        subscribers.forEach(each -> each.expect(counted));
        if (plan.churn() > 0) {
            visit();
        }
    }

    private void visit() {
        if (!counting) {
            return;
        }
        double due = (System.nanoTime() - counted + STEP) * (double) plan.churn() / SECOND;
        for (; visited < due; visited++) {
            if (visitors < CROWD * plan.churn()) {
                visitors++;
                Visitor.send(world, visited, () -> visitors--);
            } else {
                book.add(each -> each.visitsSkipped++);
            }
        }
        reactor.after(STEP, this::visit);
    }

    private void settle(List<Publisher> publishers) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        while (System.nanoTime() - deadline < 0
                && (unacknowledged() > 0 && publishers.stream().noneMatch(Publisher::failed)
                        || reactor.ask(() -> lacking(System.nanoTime())) > 0)) {
            Thread.sleep(TICK_MILLIS);
            reportIfDue();
        }
    }

    /// Waits until something holds, the time is over, or the end was asked for.
    private boolean until(BooleanSupplier condition, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || end.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                return condition.getAsBoolean();
            }
            reactor.check();
            reportIfDue();
        }
        return true;
    }

    private void reportIfDue() {
        if (System.nanoTime() - nextReport >= 0) {
            nextReport = System.nanoTime() + progress;
            writeReport();
        }
    }

    private void tellGaps() {
        if (counting) {
            long now = System.nanoTime();
            subscribers.forEach(each -> each.tellGap(now));
        }
    }

    private long acknowledged() {
        return channels.stream().mapToLong(Channel::acknowledged).sum();
    }

    private long unacknowledged() {
        return channels.stream()
                .mapToLong(each -> each.begun() - each.acknowledged())
                .sum();
    }

    /// What subscribers lack of all that was acknowledged before a time.
    private long lacking(long time) {
        return lacking(new int[channels.size()], before(time));
    }

    /// How many were acknowledged in each channel before a time.
    private int[] before(long time) {
        return channels.stream().mapToInt(each -> each.acknowledgedBefore(time)).toArray();
    }

    private long lacking(int[] firsts, int[] ends) {
        long sum = 0;
        for (int i = 0; i < subscribers.size(); i++) {
            int channel = i % channels.size();
            sum += subscribers.get(i).lacks(firsts[channel], ends[channel]);
        }
        return sum;
    }

    private LoadResult result() {
        Figures whole = book.whole();
        return new LoadResult(
                plan.clients(),
                acknowledged(),
                unacknowledged(),
                lacking(System.nanoTime()),
                whole.duplicated,
                whole.reordered,
                whole.failedHandshakes(),
                whole.abrupt(),
                whole.peak(),
                whole.longestGapMillis());
    }

    private ObjectNode json() {
        tellGaps();
        book.settle();
        boolean settled = !state.equals("starting") && !state.equals("running");
        long now = System.nanoTime();
        int[] sure = before(settled ? now : now - LATE);
        int[] tops = before(now);
        Figures whole = book.whole();
        long lastSecond = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()) - 1;
        ObjectNode json = JSON.createObjectNode()
                .put("state", state)
                .put("started_at", started.toString())
                .put("updated_at", Instant.now().toString())
                .put("seconds", (now - began) / (double) SECOND)
                .put("cpu_seconds", cpuSeconds())
                .put("clients", plan.clients())
                .put("connected", book.live())
                .put("acknowledged", acknowledged())
                .put("unacknowledged", unacknowledged())
                .put("missing", lacking(new int[channels.size()], sure))
                .put("reconnects_last_second", whole.reconnects.getOrDefault(lastSecond, 0));
        write(json.putObject("whole"), whole, sure, tops);
        ArrayNode intervals = json.putArray("intervals");
        List<Figures> all = book.intervals();
        for (int i = 0; i < all.size(); i++) {
            int[] to = i + 1 < all.size() ? all.get(i + 1).from : tops;
            write(intervals.addObject(), all.get(i), sure, to);
        }
        return json;
    }

    /// @param sure up to where what has not come is lost
    /// @param to   up to where it goes
    private void write(ObjectNode node, Figures figures, int[] sure, int[] to) {
        long acknowledged = 0;
        int[] ends = new int[to.length];
        for (int i = 0; i < to.length; i++) {
            acknowledged += to[i] - figures.from[i];
            ends[i] = Math.min(sure[i], to[i]);
        }
        figures.write(node, acknowledged, lacking(figures.from, ends));
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1e3;
    }

    private void writeReport() {
        try {
            String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(reactor.ask(this::json)) + "\n";
            Path next = report.resolveSibling(report.getFileName() + ".new");
            Files.writeString(next, text);
            Files.move(next, report, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LoadException(report + ": the report can not be written: " + e.getMessage(), e);
        }
    }
}
