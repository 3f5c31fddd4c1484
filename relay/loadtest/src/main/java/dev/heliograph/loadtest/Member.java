package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client of a [Swarm]: it enters once, hears its topics, and keeps account of every publication. For the thread of its
/// reactor.
final class Member implements Wire.Owner, Stamp.Sink {

    /// Who hears of what becomes of members.
    interface Host {

        /// It hears all its topics.
        void entered(Member member);

        /// It got publications.
        void delivered();

        /// It is gone, before it entered or later.
        void gone(Member member);
    }

    private static final Iterator<Dialect.Step> OVER = List.<Dialect.Step>of().iterator();

    private final Host host;
    private final Dialect dialect;
    private final Tally tally;
    private final List<Topic> topics;
    private final Received[] received;
    private @Nullable Wire wire;
    private Iterator<Dialect.Step> steps = OVER;
    private String awaited = "";
    private boolean live;
    private long began;
    private long now;

    Member(Host host, Dialect dialect, Tally tally, List<Topic> topics) {
        this.host = host;
        this.dialect = dialect;
        this.tally = tally;
        this.topics = topics;
        this.received = new Received[topics.size()];
    }

    /// Begins to come in.
    ///
    /// @param source where it comes from; null for what the system chooses
    void enter(Reactor reactor, Endpoint endpoint, @Nullable SocketAddress source, int number) {
        began = System.nanoTime();
        steps = dialect.entry(number, topics.stream().map(Topic::name).toList()).iterator();
        try {
            wire = Wire.open(reactor, endpoint, source, this);
        } catch (IOException e) {
            ended(new End.Refused(e.getClass().getSimpleName(), true));
        }
    }

    boolean isLive() {
        return live;
    }

    /// Reads nothing more, or goes on.
    void read(boolean on) {
        if (wire != null) {
            wire.read(on);
        }
    }

    void leave() {
        if (wire != null) {
            wire.leave();
            over();
        }
    }

    /// As if its host had failed.
    void drop() {
        if (wire != null) {
            wire.drop();
            over();
        }
    }

    /// How many it lacks of those that were published since it came.
    long lacks() {
        long sum = 0;
        for (int i = 0; i < received.length; i++) {
            if (received[i] != null) {
                sum += received[i].lacks(0, topics.get(i).published());
            }
        }
        return sum;
    }

    @Override
    public void opened() {
        next();
    }

    private void next() {
        if (!steps.hasNext()) {
            entered();
            return;
        }
        Dialect.Step step = steps.next();
        awaited = step.answer();
        if (step.frame().length > 0 && wire != null) {
            wire.send(step.frame());
        }
    }

    private void entered() {
        steps = OVER;
        live = true;
        for (int i = 0; i < received.length; i++) {
            received[i] = new Received(topics.get(i).published());
            topics.get(i).joined();
        }
        tally.live.incrementAndGet();
        tally.entry.recordValue(Tally.micros(System.nanoTime() - began));
        host.entered(this);
    }

    @Override
    public void message(byte[] bytes, int from, int length) {
        if (!live) {
            if (new String(bytes, from, length, UTF_8).contains(awaited)) {
                next();
                return;
            }
            answer(bytes, from, length);
            return;
        }
        now = System.nanoTime();
        int count = Stamp.find(bytes, from, length, this);
        if (count > 0) {
            tally.bytes += length;
            tally.delivered.lazySet(tally.delivered.getPlain() + count);
            host.delivered();
            // A ping that shares a frame with publications is its last line.
            if (length > 3 && bytes[from + length - 3] == '\n') {
                answer(bytes, from + length - 2, 2);
            }
        } else {
            answer(bytes, from, length);
        }
    }

    private void answer(byte[] bytes, int from, int length) {
        byte[] answer = dialect.answer(bytes, from, length);
        if (answer != null && wire != null) {
            wire.send(answer);
        }
    }

    @Override
    public void found(int topic, int number, long due) {
        tally.latency.recordValue(Tally.micros(now - due));
        Received of = of(topic);
        if (of == null) {
            tally.duplicated++;
            return;
        }
        switch (of.take(number)) {
            case LATE -> tally.reordered++;
            case AGAIN -> tally.duplicated++;
            case NEXT, EARLY -> {}
        }
    }

    private @Nullable Received of(int topic) {
        for (int i = 0; i < received.length; i++) {
            if (topics.get(i).index() == topic) {
                return received[i];
            }
        }
        return null;
    }

    @Override
    public void ended(End end) {
        tally.ended(end);
        over();
    }

    private void over() {
        wire = null;
        if (live) {
            live = false;
            tally.live.decrementAndGet();
            topics.forEach(Topic::left);
        }
        host.gone(this);
    }
}
