package dev.heliograph.loadtest.scenario;

import dev.heliograph.loadtest.Account;
import dev.heliograph.loadtest.Dialects;
import dev.heliograph.loadtest.LoadException;
import dev.heliograph.loadtest.Sample;
import dev.heliograph.loadtest.Swarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Runs a scenario once. [#end] is for any thread.
public final class ScenarioRun {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long SETTLING = TimeUnit.SECONDS.toNanos(30);
    private static final long SECOND_MILLIS = 1_000;
    private static final long TICK_MILLIS = 20;

    /// Seconds that a last sample must be long to be of use.
    private static final double LEAST = 0.2;

    /// How long nothing may come before the rest is given up.
    private static final long QUIET = TimeUnit.SECONDS.toNanos(5);

    /// Publications on their way at a time when there is no rate.
    private static final int IN_FLIGHT = 16;

    /// When the scenario does what it is about, and when it undoes it, as shares of its time.
    private static final double TURN = 0.3;

    private static final double UNDO = 0.6;

    private final Settings settings;
    private final Consumer<Second> progress;
    private final Swarm swarm;
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch sampled = new CountDownLatch(1);
    private final List<Second> series = Collections.synchronizedList(new ArrayList<>());
    private final List<Result.Mark> marks = Collections.synchronizedList(new ArrayList<>());
    private final Instant started = Instant.now();
    private final long began = System.nanoTime();

    /// @param tokens   of the client with a number; an empty one is not sent
    /// @param progress told each second, by a thread of its own
    /// @throws IllegalArgumentException with a reason, if a URL is none of a WebSocket
    public ScenarioRun(Settings settings, IntFunction<String> tokens, Consumer<Second> progress) {
        this.settings = settings;
        this.progress = progress;
        String run = settings.prefix() + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-";
        Scenario scenario = settings.scenario();
        this.swarm = new Swarm(
                settings.urls(),
                Dialects.clientProtocol(tokens, scenario.recovers(), scenario == Scenario.PRESENCE),
                IntStream.range(0, settings.channels()).mapToObj(i -> run + i).toList(),
                settings.loops());
    }

    /// Ends it in order before its time.
    public void end() {
        end.countDown();
        swarm.stop();
    }

    /// Runs it; once.
    ///
    /// @throws LoadException if clients do not come in, or a publication is refused
    public Result run() throws InterruptedException {
        Thread sampler = Thread.ofPlatform().daemon().name("load-samples").start(this::sampleEverySecond);
        try (swarm) {
            try {
                return play();
            } finally {
                sampled.countDown();
                sampler.join();
            }
        }
    }

    private Result play() throws InterruptedException {
        swarm.openSenders(settings.senders());
        double entry = settings.scenario() == Scenario.RAMP ? 0 : enter();
        long first = System.nanoTime();
        long published = publish();
        double seconds = (System.nanoTime() - first) / 1e9;
        settle();
        sampled.countDown();
        Account account = swarm.account();
        return new Result(
                settings,
                started,
                end.getCount() == 0,
                published,
                seconds,
                settings.scenario() == Scenario.RAMP ? settings.clients() / settings.ramp() : entry,
                swarm.latency(),
                swarm.entryLatency(),
                account,
                swarm.slowAccount(),
                List.copyOf(series),
                List.copyOf(marks));
    }

    private double enter() {
        int slow = settings.scenario() == Scenario.SLOW_CONSUMERS
                ? (int) Math.ceil(settings.slowShare() * settings.clients())
                : 0;
        double seconds = 0;
        if (slow < settings.clients()) {
            seconds += swarm.enter(settings.clients() - slow, settings::channelsOf, PATIENCE);
        }
        if (slow > 0) {
            seconds += swarm.enter(slow, settings::channelsOf, new Swarm.Entry(0, true), PATIENCE);
        }
        mark("all are there");
        return seconds;
    }

    private long publish() throws InterruptedException {
        if (end.getCount() == 0) {
            return 0;
        }
        if (settings.rate() == 0) {
            return swarm.saturate(IN_FLIGHT, settings.size(), settings.time()).published();
        }
        FutureTask<Long> publishing =
                new FutureTask<>(() -> swarm.publish(settings.rate(), settings.size(), settings.time()));
        Thread.ofPlatform().daemon().name("load-publishing").start(publishing);
        turn();
        try {
            return publishing.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LoadException refused
                    ? refused
                    : new IllegalStateException("the publishing failed", e);
        }
    }

    /// Does what the scenario is about, while publications go on.
    private void turn() throws InterruptedException {
        switch (settings.scenario()) {
            case RAMP -> {
                swarm.enter(
                        settings.clients(),
                        settings::channelsOf,
                        new Swarm.Entry(settings.ramp(), false),
                        PATIENCE.plusSeconds((long) (settings.clients() / settings.ramp())));
                mark("all are there");
            }
            case RECONNECT_STORM -> {
                swarm.comeBack();
                pause(TURN);
                mark("all connections break");
                swarm.dropAll();
                long broke = System.nanoTime();
                while (swarm.live() < settings.clients()
                        && System.nanoTime() - broke < PATIENCE.toNanos()
                        && !end.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                    // Until all are back.
                }
                mark(swarm.live() + " are back");
            }
            case SLOW_CONSUMERS -> {
                pause(TURN);
                mark("some stop to read");
                swarm.readSlow(false);
                pause(UNDO - TURN);
                mark("they read again");
                swarm.readSlow(true);
            }
            case PRESENCE, SOAK -> {
                swarm.churn(settings.churn(), settings.scenario() == Scenario.SOAK ? 0.2 : 1);
                pause(1);
                swarm.churn(0, 0);
            }
            case FAN_OUT, SMALL_CHANNELS, CHAT_ROOMS, CONNECT_STORM -> {}
        }
    }

    /// @param share of the time
    private void pause(double share) throws InterruptedException {
        if (end.await((long) (settings.time().toMillis() * share), TimeUnit.MILLISECONDS)) {
            mark("ended early");
        }
    }

    /// Waits for what is on its way, as long as some of it comes.
    private void settle() throws InterruptedException {
        long deadline = System.nanoTime() + SETTLING;
        long changed = System.nanoTime();
        long before = -1;
        while (System.nanoTime() - deadline < 0 && System.nanoTime() - changed < QUIET) {
            long lacking = swarm.account().lost() + swarm.slowAccount().lost();
            if (lacking == 0) {
                return;
            }
            if (lacking != before) {
                before = lacking;
                changed = System.nanoTime();
            }
            Thread.sleep(TICK_MILLIS);
        }
    }

    private void mark(String text) {
        marks.add(new Result.Mark((System.nanoTime() - began) / 1e9, text));
    }

    private void sampleEverySecond() {
        try {
            boolean over = false;
            long before = began;
            while (!over) {
                over = sampled.await(SECOND_MILLIS, TimeUnit.MILLISECONDS);
                Sample sample = swarm.sample();
                long now = System.nanoTime();
                double seconds = (now - before) / 1e9;
                Second second = new Second(
                        (now - began) / 1e9,
                        sample.live(),
                        sample.published() / seconds,
                        sample.delivered() / seconds,
                        sample.notices() / seconds,
                        sample.gaps(),
                        sample.latency(),
                        sample.entries());
                before = now;
                if (!over || seconds > LEAST) {
                    series.add(second);
                    progress.accept(second);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException _) {
            // The clients' thread failed; who runs the scenario hears of it.
        }
    }
}
