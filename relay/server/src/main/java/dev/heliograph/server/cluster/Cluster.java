package dev.heliograph.server.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The nodes that hear each other on a bus. Each tells every [Timing#heartbeat] that it is there and what it carries;
/// one that was silent for [Timing#silence], while this node heard itself, is forgotten.
///
/// [#ask] runs a procedure on every node and waits for the answers. A question reaches a node that is there once or,
/// when the bus fails, not at all: then the answers say so. Threadsafe.
public final class Cluster implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Cluster.class.getName());

    /// Messages that wait to be read; more are dropped, and then missed by those who wait for them.
    private static final int INBOX = 1_024;

    /// Procedures of others that run at once.
    private static final int MAX_RUNNING = 256;

    /// Questions that are remembered, so that one that comes twice is answered once.
    private static final int REMEMBERED = 4_096;

    /// How quickly nodes notice each other.
    ///
    /// @param heartbeat from one to the next
    /// @param silence   after which a node has vanished: a few heartbeats
    /// @param answer    how long answers are waited for; longer than the silence, so that a dead node is no
    ///                  failure
    public record Timing(Duration heartbeat, Duration silence, Duration answer) {

        /// For production.
        public static final Timing DEFAULT =
                new Timing(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(8));
    }

    private record Handler<Q, A>(Procedure<Q, A> procedure, Function<Q, A> work) {
        JsonNode run(JsonNode question) throws JsonProcessingException {
            return Message.JSON.valueToTree(work.apply(Message.JSON.treeToValue(question, procedure.question())));
        }
    }

    private final Bus bus;
    private final Supplier<Node> self;
    private final String id;
    private final Timing timing;
    private final Members members;
    private final Map<String, Handler<?, ?>> handlers = new ConcurrentHashMap<>();
    private final Map<Long, Inquiry<?>> inquiries = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final BlockingQueue<byte[]> inbox = new ArrayBlockingQueue<>(INBOX);
    private final Semaphore running = new Semaphore(MAX_RUNNING);
    private final CountDownLatch closing = new CountDownLatch(1);

    /// Only the reader's.
    private final Set<String> questions = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    private volatile boolean complained;

    /// @param self tells what this node is and carries now; its id never changes
    public Cluster(Bus bus, Supplier<Node> self) {
        this(bus, self, Timing.DEFAULT, System::nanoTime);
    }

    Cluster(Bus bus, Supplier<Node> self, Timing timing, LongSupplier nanoTime) {
        this.bus = bus;
        this.self = self;
        this.id = self.get().id();
        this.timing = timing;
        this.members = new Members(timing.silence(), timing.heartbeat().multipliedBy(3), nanoTime);
    }

    /// Says what this node does when it is asked. Before [#start].
    public <Q, A> void handle(Procedure<Q, A> procedure, Function<Q, A> work) {
        if (handlers.putIfAbsent(procedure.name(), new Handler<>(procedure, work)) != null) {
            throw new IllegalStateException(procedure.name() + " is handled already");
        }
    }

    /// Joins the others.
    public void start() {
        bus.start(id, message -> {
            if (!inbox.offer(message)) {
                LOG.log(Level.WARNING, "control messages come faster than they can be read");
            }
        });
        Thread.ofVirtual().name("cluster-reader").start(this::read);
        Thread.ofVirtual().name("cluster-heartbeat").start(this::beat);
    }

    /// The nodes that are there, this one first.
    public List<Node> nodes() {
        List<Node> nodes = new ArrayList<>();
        nodes.add(self.get());
        nodes.addAll(members.all());
        return nodes;
    }

    /// Runs a procedure on every node, this one too, and waits for the answers.
    ///
    /// @throws RuntimeException what the procedure throws on this node
    public <Q, A> Answers<A> ask(Procedure<Q, A> procedure, Q question) {
        return ask(procedure, question, timing.answer());
    }

    /// The same for those who would rather have the answers that are there than all of them.
    ///
    /// @param patience how long answers are waited for
    public <Q, A> Answers<A> ask(Procedure<Q, A> procedure, Q question, Duration patience) {
        List<Node> others = members.all();
        Inquiry<A> inquiry = new Inquiry<>(procedure.answer(), others);
        long number = numbers.incrementAndGet();
        inquiries.put(number, inquiry);
        try {
            // Even if nobody is known: where it cannot be sent, there may be others.
            send(inquiry, new Message.Question(id, number, procedure.name(), Message.JSON.valueToTree(question)));
            inquiry.own(id, procedure.answer().cast(handler(procedure).work().apply(question)));
            Answers<A> answers = inquiry.await(patience);
            answers.vanished()
                    .forEach(node -> LOG.log(
                            Level.WARNING, () -> node.name() + " vanished before it answered " + procedure.name()));
            return answers;
        } finally {
            inquiries.remove(number);
        }
    }

    private void send(Inquiry<?> inquiry, Message.Question question) {
        try {
            bus.toAll(question.write());
        } catch (ClusterException e) {
            inquiry.failed("other nodes cannot be reached: " + e.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private <Q, A> Handler<Q, A> handler(Procedure<Q, A> procedure) {
        Handler<?, ?> handler = handlers.get(procedure.name());
        if (handler == null || !handler.procedure().equals(procedure)) {
            throw new IllegalArgumentException(procedure + " is not handled here");
        }
        return (Handler<Q, A>) handler;
    }

    // ---- heartbeats ----

    private void beat() {
        boolean hello = true;
        try {
            do {
                hello = !tell(new Message.Status(self.get(), hello)) && hello;
                members.expire().forEach(node -> {
                    LOG.log(Level.WARNING, () -> "node " + node.name() + " (" + node.address() + ") has vanished");
                    gone(node, false);
                });
            } while (!closing.await(timing.heartbeat().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether it was handed over
    private boolean tell(Message message) {
        try {
            bus.toAll(message.write());
            complained = false;
            return true;
        } catch (RuntimeException e) {
            // Whatever it is: this node must go on telling.
            if (!complained) {
                complained = true;
                LOG.log(Level.WARNING, () -> "other nodes cannot be reached: " + e.getMessage());
            }
            return false;
        }
    }

    private void gone(Node node, boolean orderly) {
        inquiries.values().forEach(inquiry -> inquiry.gone(node, orderly));
    }

    // ---- messages of others ----

    private void read() {
        try {
            while (closing.getCount() > 0) {
                byte[] message = inbox.poll(timing.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
                if (message != null) {
                    read(message);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(byte[] message) {
        try {
            take(Message.read(message));
        } catch (IOException | RuntimeException e) {
            // A newer node may say what this one does not understand.
            LOG.log(Level.WARNING, () -> "a control message cannot be read: " + e.getMessage());
        }
    }

    private void take(Message message) {
        switch (message) {
            case Message.Status status -> {
                if (status.node().id().equals(id)) {
                    members.echoed();
                } else {
                    arrived(status);
                }
            }
            case Message.Leaving leaving ->
                members.remove(leaving.node()).ifPresent(node -> {
                    LOG.log(Level.INFO, () -> "node " + node.name() + " (" + node.address() + ") has left");
                    gone(node, true);
                });
            case Message.Question question -> {
                if (!question.from().equals(id) && questions.add(question.from() + ":" + question.number())) {
                    answer(question);
                }
            }
            case Message.Answer answer -> {
                Inquiry<?> inquiry = inquiries.get(answer.number());
                if (inquiry != null) {
                    inquiry.answered(answer);
                }
            }
        }
    }

    private void arrived(Message.Status status) {
        Node node = status.node();
        if (members.heard(node)) {
            LOG.log(Level.INFO, () -> "node " + node.name() + " (" + node.address() + ") is there");
        }
        if (status.hello()) {
            Thread.startVirtualThread(() -> send(node.id(), new Message.Status(self.get(), false)));
        }
    }

    private void answer(Message.Question question) {
        if (!running.tryAcquire()) {
            Thread.startVirtualThread(() -> send(
                    question.from(), new Message.Answer(id, question.number(), null, "too much is going on here")));
            return;
        }
        Thread.startVirtualThread(() -> {
            try {
                send(question.from(), run(question));
            } finally {
                running.release();
            }
        });
    }

    private Message.Answer run(Message.Question question) {
        @Nullable Handler<?, ?> handler = handlers.get(question.procedure());
        if (handler == null) {
            return new Message.Answer(
                    id, question.number(), null, "this version does not know " + question.procedure());
        }
        try {
            return new Message.Answer(id, question.number(), handler.run(question.body()), null);
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.log(Level.WARNING, () -> question.procedure() + " for another node failed: " + e);
            return new Message.Answer(id, question.number(), null, String.valueOf(e.getMessage()));
        }
    }

    private void send(String node, Message message) {
        try {
            bus.to(node, message.write());
        } catch (ClusterException e) {
            if (message instanceof Message.Answer answer && answer.body() != null) {
                send(node, new Message.Answer(id, answer.number(), null, String.valueOf(e.getMessage())));
            } else {
                LOG.log(Level.WARNING, () -> "an answer to another node is lost: " + e.getMessage());
            }
        }
    }

    /// Tells the others that this node ends, and hears nothing any more.
    @Override
    public void close() {
        if (closing.getCount() > 0) {
            closing.countDown();
            tell(new Message.Leaving(id));
            bus.close();
        }
    }
}
