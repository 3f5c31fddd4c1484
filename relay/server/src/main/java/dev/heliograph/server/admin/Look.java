package dev.heliograph.server.admin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Looks at something every so often, and tells what it sees, until it is closed. Where telling takes longer, it looks
/// less often. What cannot be seen is told once, and looked for again.
final class Look implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Look.class.getName());

    private final Topic topic;
    private final Duration every;
    private final Supplier<List<? extends StreamMessage>> sight;
    private final Consumer<StreamMessage> out;
    private final CountDownLatch closed = new CountDownLatch(1);
    private String problem = "";

    Look(Topic topic, Duration every, Supplier<List<? extends StreamMessage>> sight, Consumer<StreamMessage> out) {
        this.topic = topic;
        this.every = every;
        this.sight = sight;
        this.out = out;
    }

    /// Begins.
    Look start() {
        Thread.ofVirtual().name("admin-stream-" + topic.text()).start(this::run);
        return this;
    }

    private void run() {
        try {
            do {
                look();
            } while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            sight.get().forEach(out);
            problem = "";
        } catch (RuntimeException e) {
            Optional<AdminException> known = AdminException.of(e);
            if (known.isEmpty()) {
                LOG.log(System.Logger.Level.WARNING, "the topic " + topic.text() + " of a stream fails", e);
            }
            String now = known.map(AdminException::text).orElse("it failed; the log of the relay says why");
            if (!now.equals(problem)) {
                problem = now;
                out.accept(new StreamMessage.TopicProblem(topic, now));
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
