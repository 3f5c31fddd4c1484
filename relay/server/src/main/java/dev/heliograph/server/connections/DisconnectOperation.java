package dev.heliograph.server.connections;

import dev.heliograph.server.cluster.Answers;
import dev.heliograph.server.connections.DisconnectStatus.State;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Ends the connections of one request, one step after the other. Threadsafe.
///
/// ```
///  RUNNING ──all are told───► DONE
///   ├──cancel───────────────► CANCELLED
///   ├──its time is over─────► EXPIRED
///   └──the node cannot go on► FAILED
/// ```
final class DisconnectOperation implements Runnable {

    private static final System.Logger LOG = System.getLogger(DisconnectOperation.class.getName());

    /// Failures that are told.
    private static final int MAX_FAILURES = 20;

    private final DisconnectRequest request;
    private final String node;
    private final Clock clock;
    private final Function<Questions.End, Answers<Questions.Ended>> end;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final long startedAt;

    // Guarded by this.
    private State state = State.RUNNING;
    private List<String> clients = List.of();
    private long matched;
    private int next;
    private int told;
    private final Set<String> failures = new LinkedHashSet<>();
    private long endedAt;

    /// @param node the id of this node
    /// @param end  asks all nodes to end the connections they have
    DisconnectOperation(
            DisconnectRequest request,
            String node,
            Clock clock,
            Function<Questions.End, Answers<Questions.Ended>> end) {
        this.request = request;
        this.node = node;
        this.clock = clock;
        this.end = end;
        this.startedAt = clock.millis();
    }

    /// Says which connections it is about; before it runs.
    synchronized void select(List<String> ids, long all, List<String> missing) {
        clients = List.copyOf(ids);
        matched = all;
        missing.forEach(this::failed);
    }

    @Override
    public void run() {
        try {
            long began = System.nanoTime();
            Pace pace = new Pace(request.perSecond(), began);
            while (remaining() > 0) {
                if (cancelled.await(0, TimeUnit.NANOSECONDS)) {
                    finish(State.CANCELLED);
                    return;
                }
                if (System.nanoTime() - began >= request.within().toNanos()) {
                    finish(State.EXPIRED);
                    return;
                }
                int count = Math.min(pace.take(System.nanoTime()), remaining());
                if (count > 0) {
                    step(count);
                }
                if (remaining() > 0 && cancelled.await(pace.pause(), TimeUnit.NANOSECONDS)) {
                    finish(State.CANCELLED);
                    return;
                }
            }
            finish(State.DONE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            finish(State.FAILED);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "operation " + request.operation(), e);
            synchronized (this) {
                failed(String.valueOf(e.getMessage()));
            }
            finish(State.FAILED);
        }
    }

    private synchronized int remaining() {
        return clients.size() - next;
    }

    private void step(int count) {
        List<String> batch;
        synchronized (this) {
            batch = clients.subList(next, next + count);
        }
        Answers<Questions.Ended> answers =
                end.apply(new Questions.End(batch, request.code(), request.reason(), request.by()));
        synchronized (this) {
            next += count;
            told += answers.byNode().values().stream()
                    .mapToInt(Questions.Ended::sessions)
                    .sum();
            answers.failures().forEach(this::failed);
        }
    }

    private void failed(String failure) {
        if (failures.size() < MAX_FAILURES) {
            failures.add(failure);
        }
    }

    private synchronized void finish(State last) {
        if (state == State.RUNNING) {
            state = last;
            endedAt = clock.millis();
        }
    }

    /// It cannot begin.
    synchronized void fail(String why) {
        failed(why);
        finish(State.FAILED);
    }

    /// Ends it soon; what is told is told.
    void cancel() {
        cancelled.countDown();
    }

    synchronized DisconnectStatus status() {
        return new DisconnectStatus(
                request.operation(),
                state,
                node,
                request.by(),
                request.code(),
                request.reason(),
                request.perSecond(),
                matched,
                clients.size(),
                told,
                Math.max(0, next - told),
                List.copyOf(failures),
                startedAt,
                endedAt,
                state == State.RUNNING
                        ? Pace.of(remaining(), request.perSecond()).toMillis()
                        : 0);
    }
}
