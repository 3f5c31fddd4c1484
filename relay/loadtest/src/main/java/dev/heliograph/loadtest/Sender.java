package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection of a [Swarm] that only publishes. For the thread of its reactor.
final class Sender implements Wire.Owner {

    private final Dialect dialect;
    private final Runnable ready;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Iterator<Dialect.Step> steps;
    private @Nullable Wire wire;
    private String awaited = "";
    private boolean open;
    private long sent;
    private String failure = "";

    /// @param ready told when it can publish, or cannot any more
    Sender(Dialect dialect, int number, Runnable ready) {
        this.dialect = dialect;
        this.ready = ready;
        this.steps = dialect.entry(number, List.of()).iterator();
    }

    void enter(Reactor reactor, Endpoint endpoint) {
        try {
            wire = Wire.open(reactor, endpoint, this);
        } catch (IOException e) {
            ended(new End.Refused(e.getClass().getSimpleName(), true));
        }
    }

    /// Publishes with the next [#flush].
    void publish(Topic topic, int number, long due, int size) {
        out.writeBytes(dialect.publish(++sent + 100, topic.name(), Stamp.payload(topic.index(), number, due, size)));
    }

    void flush() {
        if (out.size() > 0 && wire != null) {
            wire.send(out.toByteArray());
            out.reset();
        }
    }

    boolean isOpen() {
        return open;
    }

    long sent() {
        return sent;
    }

    /// Why it cannot publish any more; empty while it can.
    String failure() {
        return failure;
    }

    void leave() {
        if (wire != null) {
            wire.leave();
        }
        wire = null;
    }

    @Override
    public void opened() {
        next();
    }

    private void next() {
        if (!steps.hasNext()) {
            open = true;
            ready.run();
            return;
        }
        Dialect.Step step = steps.next();
        awaited = step.answer();
        if (step.frame().length > 0 && wire != null) {
            wire.send(step.frame());
        }
    }

    @Override
    public void message(byte[] bytes, int from, int length) {
        byte[] answer = dialect.answer(bytes, from, length);
        if (answer != null && wire != null) {
            wire.send(answer);
        }
        if (dialect.refuses(bytes, from, length)) {
            fail("not published: " + new String(bytes, from, length, UTF_8));
        } else if (!open && new String(bytes, from, length, UTF_8).contains(awaited)) {
            next();
        }
    }

    private void fail(String cause) {
        failure = cause;
        open = false;
        ready.run();
    }

    @Override
    public void ended(End end) {
        wire = null;
        fail("the publisher's connection ended: " + end);
    }
}
