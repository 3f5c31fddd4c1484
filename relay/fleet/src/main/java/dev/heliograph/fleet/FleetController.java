package dev.heliograph.fleet;

import dev.heliograph.fleet.Decision.Verb;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.Spans;
import dev.heliograph.runbook.cluster.Playbooks;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Looks at the load again and again and does what [FleetPolicy] decides, one playbook at a time. It keeps looking, and
/// says so in its metrics, while a playbook runs.
///
/// A playbook that fails is tried again after a minute, then two, four, up to half an hour. [#close] lets the
/// one that runs come to its end: a relay half drained or half installed is worse than an end that takes its
/// time. Threadsafe.
public final class FleetController implements AutoCloseable {

    private static final Logger LOG = System.getLogger(FleetController.class.getName());

    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(30);

    /// 64 minutes, more than the last one: what is beyond needs no doubling.
    private static final int MOST_DOUBLINGS = 6;

    private final FleetPolicy policy;
    private final Supplier<Observation> view;
    private final Playbooks playbooks;
    private final Path stateFile;
    private final FleetTextfile textfile;
    private final InstantSource clock;
    private final Executor worker;
    private final boolean dryRun;

    private final Semaphore wake = new Semaphore(0);
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by the lock.
    private Memory memory;

    /// Guarded by the lock.
    private Optional<Action> underWay = Optional.empty();

    /// Guarded by the lock.
    private Optional<Decision> before = Optional.empty();

    private volatile boolean closed;

    private record Action(Decision decision, CountDownLatch ended) {

        String playbook() {
            return decision.verb() == Verb.SCALE_OUT ? "scale_out" : "scale_in";
        }

        String title() {
            return playbook() + " of " + String.join(", ", decision.hosts());
        }
    }

    /// @param view   blocks while it looks
    /// @param clock  of this machine
    /// @param worker runs playbooks
    /// @param dryRun whether it only says what it would do, and writes no file
    public FleetController(
            FleetConfig config,
            Supplier<Observation> view,
            Playbooks playbooks,
            InstantSource clock,
            Executor worker,
            boolean dryRun) {
        this.policy = config.policy();
        this.view = view;
        this.playbooks = playbooks;
        this.stateFile = config.state();
        this.textfile = new FleetTextfile(config.textfile(), policy);
        this.clock = clock;
        this.worker = worker;
        this.dryRun = dryRun;
        this.memory = remembered();
    }

    private Memory remembered() {
        Instant now = clock.instant();
        if (Files.exists(stateFile)) {
            try {
                return Memory.read(stateFile).until(now);
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        () -> stateFile + " cannot be read, so that the relays count as changed just now: "
                                + e.getMessage());
            }
        }
        return Memory.empty(now);
    }

    /// Looks, at once and whenever it is woken or the interval has passed, until it is closed.
    public void run(Duration interval) throws InterruptedException {
        while (!closed) {
            step();
            if (wake.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        }
        awaitEnd();
    }

    /// Looks once, and waits for the end of what it does then.
    ///
    /// @return whether the load is known, and nothing has failed
    public boolean once() throws InterruptedException {
        Decision decision = step();
        awaitEnd();
        lock.lock();
        try {
            return decision.figures().isPresent() && (decision.verb() == Verb.HOLD || memory.failures() == 0);
        } finally {
            lock.unlock();
        }
    }

    private void awaitEnd() throws InterruptedException {
        Optional<Action> last = running();
        if (last.isPresent()) {
            LOG.log(Level.INFO, () -> "waiting for the end of " + last.get().title());
            last.get().ended().await();
        }
    }

    /// Has it look soon; many at once are one.
    public void wake() {
        wake.release();
    }

    /// No new playbook begins.
    @Override
    public void close() {
        closed = true;
        wake();
    }

    /// What it would do, without doing it.
    ///
    /// @throws RunbookException if what it would do cannot be done
    public Plan plan() {
        Observation seen = view.get();
        lock.lock();
        try {
            Decision decision = decide(seen, clock.instant());
            List<String> commands = decision.hosts().stream()
                    .flatMap(host -> playbooks.propose(arguments(decision.verb(), host)).effects().stream())
                    .toList();
            return new Plan(seen, decision, commands);
        } finally {
            lock.unlock();
        }
    }

    /// @param commands that it would run; none to hold
    public record Plan(Observation seen, Decision decision, List<String> commands) {}

    /// Looks once, and begins what is to be done.
    Decision step() {
        Observation seen = view.get();
        Decision decision;
        Optional<Action> next = Optional.empty();
        lock.lock();
        try {
            Instant now = clock.instant();
            decision = decide(seen, now);
            say(decision);
            decision.desired().ifPresent(number -> memory = memory.desire(number));
            if (decision.verb() != Verb.HOLD && !dryRun && !closed) {
                next = Optional.of(new Action(decision, new CountDownLatch(1)));
                underWay = next;
            }
            textfile.show(decision, now);
            keep();
        } finally {
            lock.unlock();
        }
        next.ifPresent(action -> worker.execute(() -> act(action)));
        return decision;
    }

    /// Under the lock.
    private Decision decide(Observation seen, Instant now) {
        if (seen instanceof Observation.Load load) {
            Set<String> names = load.relays().stream().map(RelayNode::name).collect(Collectors.toSet());
            memory = memory.seen(names, now);
        }
        OptionalInt desired = memory.desired() > 0 ? OptionalInt.of(memory.desired()) : OptionalInt.empty();
        History history = new History(memory.changed(), desired, memory.notBefore(), underWay.map(Action::title));
        return policy.decide(seen, history, now);
    }

    /// Under the lock. Numbers change with every look; that is nothing to fill a log with.
    private void say(Decision decision) {
        boolean news = before.map(decision::isNewsAfter).orElse(true);
        before = Optional.of(decision);
        LOG.log(news ? Level.INFO : Level.DEBUG, () -> (dryRun ? "dry run: " : "") + decision.sentence());
    }

    /// Under the lock.
    private void keep() {
        if (dryRun) {
            return;
        }
        try {
            memory.write(stateFile);
            textfile.write(memory.actions());
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.WARNING, () -> "state and metrics cannot be written: " + e);
        }
    }

    private void act(Action action) {
        try {
            for (String host : action.decision().hosts()) {
                if (closed || !play(action, host)) {
                    break;
                }
            }
        } finally {
            lock.lock();
            try {
                underWay = Optional.empty();
                keep();
            } finally {
                lock.unlock();
            }
            action.ended().countDown();
            wake();
        }
    }

    /// Runs a playbook for one host, and remembers how that went.
    private boolean play(Action action, String host) {
        String playbook = action.playbook();
        LOG.log(Level.INFO, () -> "running " + playbook + " for " + host);
        Optional<String> failure = failureOf(action.decision(), host);
        lock.lock();
        try {
            Instant now = clock.instant();
            if (failure.isEmpty()) {
                memory = memory.done(playbook, now);
                LOG.log(Level.INFO, () -> playbook + " for " + host + " is done");
                return true;
            }
            Duration pause = pause(memory.failures());
            memory = memory.failed(playbook, now.plus(pause));
            LOG.log(
                    Level.ERROR,
                    () -> "%s for %s failed, and is not tried again for %s: %s"
                            .formatted(playbook, host, Spans.text(pause), failure.get()));
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> failureOf(Decision decision, String host) {
        try {
            playbooks.propose(arguments(decision.verb(), host)).make(decision.sentence());
            return Optional.empty();
        } catch (RunbookException e) {
            return Optional.of(e.sentence());
        } catch (RuntimeException e) {
            // Whatever it is, it must count as a failure: without the pause that follows one, it would come again at
            // once.
            return Optional.of(e.toString());
        }
    }

    private static Map<String, String> arguments(Verb verb, String host) {
        return Map.of("playbook", verb == Verb.SCALE_OUT ? "scale_out" : "scale_in", "limit", host);
    }

    private static Duration pause(int failures) {
        Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
    }

    private Optional<Action> running() {
        lock.lock();
        try {
            return underWay;
        } finally {
            lock.unlock();
        }
    }
}
