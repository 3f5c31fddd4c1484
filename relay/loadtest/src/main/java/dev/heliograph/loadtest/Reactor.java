package dev.heliograph.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One thread and one selector for all connections and all timers. Everything but [#execute], [#ask], [#check] and
/// [#close] is for that thread.
final class Reactor implements AutoCloseable {

    /// What a connection does when its socket is ready.
    interface Ready {
        void ready(SelectionKey key);
    }

    /// Something to be done later.
    static final class Timer implements Comparable<Timer> {
        private final long due;
        private final Runnable action;
        private boolean cancelled;

        private Timer(long due, Runnable action) {
            this.due = due;
            this.action = action;
        }

        void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Timer other) {
            return Long.signum(due - other.due);
        }
    }

    private static final long IDLE_MILLIS = 1_000;

    /// Room for what a socket has, beside what came before.
    private static final int LEAST = 64 * 1024;

    private static final Consumer<SelectionKey> READY = key -> ((Ready) key.attachment()).ready(key);

    private final Selector selector;
    private final Thread thread;
    private ByteBuffer input = ByteBuffer.allocate(LEAST);
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean over;

    private Reactor() {
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.thread = Thread.ofPlatform().name("load-clients").daemon().unstarted(this::run);
    }

    static Reactor start() {
        Reactor reactor = new Reactor();
        reactor.thread.start();
        return reactor;
    }

    private void run() {
        try {
            while (!over) {
                long wait = untilNextMillis();
                if (wait == 0) {
                    selector.selectNow(READY);
                } else {
                    selector.select(READY, wait);
                }
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                runDue();
            }
            end.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    /// Down to the millisecond; the last part of one is not slept, since what is due is a point in time from which
    /// latency counts.
    private long untilNextMillis() {
        Timer next = timers.peek();
        return next == null
                ? IDLE_MILLIS
                : Math.clamp(TimeUnit.NANOSECONDS.toMillis(next.due - System.nanoTime()), 0, IDLE_MILLIS);
    }

    private void runDue() {
        long now = System.nanoTime();
        for (Timer next = timers.peek(); next != null && next.due - now <= 0; next = timers.peek()) {
            timers.remove();
            if (!next.cancelled) {
                next.action.run();
            }
        }
    }

    Timer after(long nanos, Runnable action) {
        Timer timer = new Timer(System.nanoTime() + nanos, action);
        timers.add(timer);
        return timer;
    }

    void register(SocketChannel socket, int operations, Ready ready) throws IOException {
        socket.register(selector, operations, ready);
    }

    /// What a connection reads into, and is done with before another one reads. There is always room for as much again
    /// as it has already, and for some more, so that a message of many parts is not copied for each of them.
    ///
    /// @param begin what it has already, which comes first
    ByteBuffer input(byte[] begin) {
        if (input.capacity() < 2 * begin.length + LEAST) {
            input = ByteBuffer.allocate(2 * begin.length + LEAST);
        }
        return input.clear().put(begin);
    }

    /// Does it soon on this thread.
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /// Gets an answer from this thread.
    ///
    /// @throws IllegalStateException if the thread has ended
    <T> T ask(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        end.whenComplete((_, _) -> answer.completeExceptionally(new IllegalStateException("it has ended")));
        return answer.join();
    }

    /// Throws what ended the thread before its time.
    void check() {
        if (end.isCompletedExceptionally()) {
            throw new IllegalStateException("the clients' thread failed", end.exceptionNow());
        }
    }

    @Override
    public void close() {
        over = true;
        selector.wakeup();
        try {
            thread.join();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException | ClosedSelectorException e) {
            throw new IllegalStateException("sockets can not be closed", e);
        }
    }
}
