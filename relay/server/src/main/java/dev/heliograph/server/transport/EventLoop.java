package dev.heliograph.server.transport;

import dev.heliograph.server.hub.Delivery;
import dev.heliograph.server.hub.Loop;
import dev.heliograph.server.hub.Shard;
import dev.heliograph.server.hub.ShardMeter;
import dev.heliograph.server.session.Link;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// One thread, one selector, one shard: owns its connections and everything that is written to them.
///
/// A turn: wait for sockets, timers or the queue; read; work through the queue in its order; write each channel's
/// collected deliveries, if they are due; write what else waits; fire timers.
final class EventLoop implements Loop, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());

    /// One read takes what a sender's window usually holds.
    private static final int READ_BUFFER = 64 * 1024;

    private static final int WRITE_BUFFER = 128 * 1024;

    /// Entries of the queue that are worked on before sockets get their turn again.
    private static final int TURN = 4_096;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Object> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger backlog = new AtomicInteger();
    private final LoopMeter meter;
    private final Shard shard;
    private final SlowConsumers slowConsumers;
    private final TimerWheel timers = new TimerWheel(System.nanoTime());
    private final Set<Connection> connections = new HashSet<>();
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER);
    private final ByteBuffer writeBuffer = ByteBuffer.allocateDirect(WRITE_BUFFER);
    private List<Connection> dirty = new ArrayList<>();
    private List<Connection> flushing = new ArrayList<>();

    /// True while the thread may be asleep in `select`: only then does a post cost a system call.
    private volatile boolean asleep;

    /// When this turn began to work; for what need not be exact.
    private long now = System.nanoTime();

    private volatile boolean running = true;
    private volatile int connectionCount;

    /// @param slowConsumers shared by the loops of a node
    EventLoop(String name, SlowConsumers slowConsumers, LoopMeter meter, ShardMeter shards) {
        this.slowConsumers = slowConsumers;
        this.meter = meter;
        this.shard = new Shard(shards);
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    // ---- from any thread ----

    @Override
    public void deliver(Delivery delivery) {
        backlog.incrementAndGet();
        post(delivery);
    }

    @Override
    public void execute(Runnable task) {
        if (!running) {
            throw new RejectedExecutionException("the loop has ended");
        }
        post(task);
    }

    @Override
    public void run(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
        } else {
            post(task);
        }
    }

    private void post(Object entry) {
        queue.add(entry);
        if (asleep && Thread.currentThread() != thread) {
            asleep = false;
            selector.wakeup();
        }
    }

    @Override
    public int backlog() {
        return backlog.get();
    }

    int connectionCount() {
        return connectionCount;
    }

    /// Takes over a socket whose handshake is done.
    ///
    /// @param early what the peer sent right behind its handshake
    void adopt(SocketChannel channel, byte[] early, Accepted accepted, Function<Link, Link.Handler> owner) {
        execute(() -> {
            PlainConnection connection = new PlainConnection(this, channel, accepted, owner);
            opened(connection);
            connection.open(selector, early);
        });
    }

    /// Serves a connection whose socket stays with Helidon, until it ends; on Helidon's thread.
    void serve(ConnectionContext context, Accepted accepted, Function<Link, Link.Handler> owner) {
        CompletableFuture<StreamConnection> opening = new CompletableFuture<>();
        execute(() -> {
            StreamConnection connection = new StreamConnection(this, context, accepted, owner);
            opened(connection);
            opening.complete(connection);
        });
        opening.join().serve();
    }

    // ---- the loop's thread ----

    @Override
    public Shard shard() {
        return shard;
    }

    LoopMeter meter() {
        return meter;
    }

    SlowConsumers slowConsumers() {
        return slowConsumers;
    }

    /// Of [System#nanoTime], when this turn of the loop began.
    long now() {
        return now;
    }

    TimerWheel timers() {
        return timers;
    }

    ByteBuffer writeBuffer() {
        return writeBuffer;
    }

    void opened(Connection connection) {
        connections.add(connection);
        meter.connections(connection.encoding(), 1);
        connectionCount = connections.size();
    }

    void closed(Connection connection) {
        if (connections.remove(connection)) {
            meter.connections(connection.encoding(), -1);
        }
        connectionCount = connections.size();
    }

    /// The connection has something to write before this turn ends.
    void dirty(Connection connection) {
        dirty.add(connection);
    }

    private void loop() {
        while (running) {
            try {
                turn();
            } catch (Throwable e) {
                // A bug must not end the loop and with it thousands of connections.
                LOG.log(Level.ERROR, "event loop " + thread.getName(), e);
            }
        }
        for (Connection connection : List.copyOf(connections)) {
            connection.ended(1001, "shutdown", false);
        }
        try {
            selector.close();
        } catch (IOException _) {
            // Nothing is left to do.
        }
    }

    private void turn() throws IOException {
        select();
        now = System.nanoTime();
        Set<SelectionKey> selected = selector.selectedKeys();
        for (SelectionKey key : selected) {
            PlainConnection connection = (PlainConnection) key.attachment();
            try {
                connection.ready(key.readyOps(), readBuffer);
            } catch (CancelledKeyException _) {
                // Closed earlier in this turn.
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "connection from " + connection.remoteAddress(), e);
                connection.lost();
            }
        }
        selected.clear();
        work();
        shard.flushIfDue();
        flushDirty();
        timers.advance(System.nanoTime());
        flushDirty();
        meter.ended(now);
    }

    private void select() throws IOException {
        asleep = true;
        if (queue.isEmpty() && dirty.isEmpty()) {
            long wait = shard.waitNanos();
            if (wait >= 0) {
                // Rounded up to what a selector can sleep.
                selector.select(Math.ceilDiv(Math.max(1, wait), 1_000_000));
            } else if (timers.isEmpty()) {
                selector.select();
            } else {
                selector.select(TimerWheel.TICK_NANOS / 1_000_000);
            }
            asleep = false;
        } else {
            asleep = false;
            selector.selectNow();
        }
    }

    private void work() {
        int deliveries = 0;
        for (int i = 0; i < TURN; i++) {
            Object entry = queue.poll();
            if (entry == null) {
                break;
            }
            if (entry instanceof Delivery delivery) {
                deliveries++;
                shard.deliver(delivery);
            } else {
                try {
                    ((Runnable) entry).run();
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "task on " + thread.getName(), e);
                }
            }
        }
        if (deliveries > 0) {
            backlog.addAndGet(-deliveries);
        }
    }

    private void flushDirty() {
        while (!dirty.isEmpty()) {
            List<Connection> now = dirty;
            dirty = flushing;
            flushing = now;
            for (Connection connection : now) {
                connection.flush();
            }
            now.clear();
        }
    }

    /// Ends all connections and the thread, and waits for it.
    @Override
    public void close() {
        running = false;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The connections of this loop; on its thread.
    Set<Connection> connections() {
        return Collections.unmodifiableSet(connections);
    }
}
