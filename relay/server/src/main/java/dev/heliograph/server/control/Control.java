package dev.heliograph.server.control;

import dev.heliograph.server.cluster.Answers;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.ClusterException;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.cluster.Procedure;
import dev.heliograph.server.control.ControlStore.Snapshot;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// What operators decide, as it is in force on this node: all documents, in memory, and the record of who changed
/// them.
///
/// A [#commit] is kept in the store and in force on every node that answers when it returns. A node that did not
/// hear of it finds it within [#POLL] and what reading takes. Each node ends documents by its own clock, within
/// twice [#TICK] of their time. While the store is away, what is in memory stays in force, expiry goes on, and
/// commits fail. A store that has lost everything gets it back from the nodes; only the record is lost then.
/// Threadsafe.
public final class Control implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Control.class.getName());

    /// From the end of one look at the store to the next: twice in the second within which a commit must be in
    /// force.
    static final Duration POLL = Duration.ofMillis(500);

    /// How often the clock is looked at. It may be set, so that nobody can tell how long to sleep.
    static final Duration TICK = Duration.ofMillis(100);

    /// What a node is asked to do after a commit.
    record CatchUp(long revision) {}

    /// How far a node is then.
    record Reached(long revision) {}

    static final Procedure<CatchUp, Reached> CATCH_UP =
            new Procedure<>("control.catch_up", CatchUp.class, Reached.class);

    private final ControlStore store;
    private final Cluster cluster;
    private final Clock clock;
    private final Documents documents = new Documents();

    /// Held while the store is read, so that what is read is brought in in that order.
    private final ReentrantLock reading = new ReentrantLock();

    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean started;
    private volatile boolean loaded;

    /// Only that of the thread that polls, once it is there.
    private boolean complained;

    /// @param store   closed with this
    /// @param cluster not started yet: this node's part is added to it
    public Control(ControlStore store, Cluster cluster, Clock clock) {
        this.store = store;
        this.cluster = cluster;
        this.clock = clock;
        cluster.handle(CATCH_UP, question -> new Reached(catchUp(question.revision())));
    }

    /// Says who hears of documents of a type. Before [#start].
    public <T> void listen(DocumentType<T> type, DocumentListener<T> listener) {
        if (started) {
            throw new IllegalStateException("started already");
        }
        documents.listen(type, listener);
    }

    /// Loads all documents, tells the listeners, and keeps up from then on. If the store is away, this happens
    /// as soon as it is there: see [#isLoaded].
    public void start() {
        started = true;
        look();
        Thread.ofVirtual().name("control-poll").start(() -> every(POLL, this::look));
        Thread.ofVirtual().name("control-expiry").start(() -> every(TICK, () -> documents.expire(clock.millis())));
    }

    /// Whether this node has once read what operators decided. A node that has not should not serve clients.
    public boolean isLoaded() {
        return loaded;
    }

    /// The documents of a type that have not expired, in no order.
    public <T> List<Document<T>> all(DocumentType<T> type) {
        return documents.all(type, clock.millis());
    }

    /// A document that has not expired.
    public <T> Optional<Document<T>> find(DocumentType<T> type, String id) {
        return documents.find(type, id, clock.millis());
    }

    /// Makes all changes or none, and records it in the same step. When this returns, they are kept, and in
    /// force on all nodes but those that it tells.
    ///
    /// @param edits of different documents, within the bounds of [EncodedEdit]
    /// @throws ConflictException        if a document has not the expected revision; nothing was changed
    /// @throws ControlException         if it could not be kept, or it is not known whether it was
    /// @throws IllegalArgumentException if there are no edits, or they are out of bounds
    public Commit commit(List<? extends Edit<?>> edits, AuditEntry entry) {
        return commit(edits, Optional.of(entry));
    }

    /// As above, and leaves no line in the record: for what comes again and again, and is nobody's decision.
    public Commit commit(List<? extends Edit<?>> edits) {
        return commit(edits, Optional.empty());
    }

    private Commit commit(List<? extends Edit<?>> edits, Optional<AuditEntry> entry) {
        long revision = store.commit(edits, entry);
        try {
            return new Commit(revision, behind(revision, cluster.ask(CATCH_UP, new CatchUp(revision))));
        } catch (ClusterException e) {
            // It is kept, whatever became of the question.
            return new Commit(revision, List.of("other nodes: " + e.getMessage()));
        }
    }

    private List<String> behind(long revision, Answers<Reached> answers) {
        List<String> behind = new ArrayList<>(answers.failures());
        answers.vanished().forEach(node -> behind.add(node.name() + " has vanished"));
        Map<String, String> names = cluster.nodes().stream().collect(Collectors.toMap(Node::id, Node::name));
        answers.byNode().forEach((id, reached) -> {
            if (reached.revision() < revision) {
                behind.add(names.getOrDefault(id, id) + " could not read it");
            }
        });
        return behind;
    }

    /// Records something that changed no document.
    ///
    /// @throws ControlException if it could not be kept, or it is not known whether it was
    public void record(AuditEntry entry) {
        store.record(entry);
    }

    /// Reads a page of the record.
    ///
    /// @throws IllegalArgumentException if the line to begin after is none of the store's
    /// @throws ControlException         if it cannot be read, or takes too long
    public AuditPage audit(AuditQuery query) {
        return store.audit(query);
    }

    // ---- keeping up ----

    /// @return the revision that this node is at; an earlier one than wanted if the store cannot be read
    private long catchUp(long wanted) {
        if (started && documents.revision() < wanted) {
            reading.lock();
            try {
                if (documents.revision() < wanted) {
                    read();
                }
            } catch (RuntimeException e) {
                // Whatever it is: the commit is kept, and this node finds it when it looks again.
                LOG.log(Level.WARNING, () -> "revision " + wanted + " cannot be read: " + e.getMessage());
            } finally {
                reading.unlock();
            }
        }
        return documents.revision();
    }

    private void look() {
        try {
            long there = store.revision();
            if (there != documents.revision() || !loaded) {
                reading.lock();
                try {
                    if (there == 0 && documents.revision() > 0) {
                        restore();
                    }
                    read();
                } finally {
                    reading.unlock();
                }
            }
            if (complained) {
                complained = false;
                LOG.log(Level.INFO, "the control store is back");
            }
        } catch (RuntimeException e) {
            // Whatever it is: this node must go on looking.
            if (!complained && closing.getCount() > 0) {
                complained = true;
                LOG.log(
                        Level.WARNING,
                        () -> "the control store is away, "
                                + (loaded ? "what is known stays in force: " : "nothing is known yet: ")
                                + e.getMessage());
            }
        }
    }

    /// Under the lock.
    private void read() {
        Optional<Snapshot> changes = loaded ? store.changesSince(documents.revision()) : Optional.empty();
        if (changes.isPresent()) {
            documents.change(changes.get(), clock.millis());
        } else {
            documents.replace(store.snapshot(), clock.millis());
            loaded = true;
        }
    }

    /// A store that has lost everything, as a Redis without a file does when it ends, gets back what this node
    /// knows, unless another one was faster. Under the lock.
    private void restore() {
        List<Edit<?>> edits = documents.restoration(clock.millis());
        LOG.log(Level.WARNING, () -> "the control store is empty, and gets back %d documents".formatted(edits.size()));
        if (!edits.isEmpty()) {
            try {
                store.commit(
                        edits,
                        new AuditEntry(
                                "",
                                clock.millis(),
                                "heliograph",
                                "system",
                                cluster.nodes().getFirst().name(),
                                "control.restore",
                                edits.size() + " documents",
                                "the store was empty",
                                null,
                                null,
                                "ok"));
            } catch (ConflictException _) {
                // Another node, which knew the same.
            }
        }
    }

    private void every(Duration pause, Runnable work) {
        try {
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                work.run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends, and closes the store; what is in memory can still be read.
    @Override
    public void close() {
        closing.countDown();
        store.close();
    }
}
