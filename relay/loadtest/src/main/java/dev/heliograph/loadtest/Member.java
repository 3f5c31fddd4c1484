package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client of a [Swarm]: it enters once, hears its topics, and keeps account of every publication. For the thread of
/// its reactor.
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

    private static final byte[] EMPTY = {'{', '}'};

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
    private boolean pinged;
    private boolean news;
    private int number;
    private final List<String> epochs = new ArrayList<>();
    private boolean returning;
    private boolean broken;
    private boolean entering;
    private int failures;

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
        enter(reactor, endpoint, source, number, System.nanoTime());
    }

    /// Begins to come in.
    ///
    /// @param due when it was to
    void enter(Reactor reactor, Endpoint endpoint, @Nullable SocketAddress source, int newNumber, long due) {
        began = due;
        number = newNumber;
        epochs.clear();
        steps = dialect.entry(number, names()).iterator();
        open(reactor, endpoint, source);
    }

    /// Comes back after [#drop] or an end, and asks for what it missed. Its channels are new with the swarm, so that
    /// the publication with the number n has the offset n + 1.
    void comeBack(Reactor reactor, Endpoint endpoint, @Nullable SocketAddress source) {
        if (received.length == 0 || received[received.length - 1] == null) {
            enter(reactor, endpoint, source, number, began);
            return;
        }
        returning = true;
        long[] offsets = Arrays.stream(received).mapToLong(Received::next).toArray();
        // Where the server gave no positions, what it missed is lost, and counts as that.
        steps = (epochs.size() < topics.size()
                        ? dialect.entry(number, names())
                        : dialect.reentry(number, names(), epochs, offsets))
                .iterator();
        open(reactor, endpoint, source);
    }

    private List<String> names() {
        return topics.stream().map(Topic::name).toList();
    }

    private void open(Reactor reactor, Endpoint endpoint, @Nullable SocketAddress source) {
        entering = true;
        try {
            wire = Wire.open(reactor, endpoint, source, this);
        } catch (IOException e) {
            ended(new End.Refused(e.getClass().getSimpleName(), true));
        }
    }

    int number() {
        return number;
    }

    /// Counts the times in a row that it did not come in.
    int failures() {
        return failures;
    }

    /// Whether it is gone through no doing of the swarm; while its host is told.
    boolean isBroken() {
        return broken;
    }

    Tally tally() {
        return tally;
    }

    List<Topic> topics() {
        return topics;
    }

    /// How many it lacks below the last that it got.
    long gaps() {
        long sum = 0;
        for (Received each : received) {
            sum += each == null ? 0 : each.gaps();
        }
        return sum;
    }

    /// Whether it has begun to come in and does not hear its topics yet.
    boolean isEntering() {
        return entering;
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
        entering = false;
        failures = 0;
        for (int i = 0; i < received.length; i++) {
            if (!returning) {
                received[i] = new Received(topics.get(i).published());
            }
            topics.get(i).joined();
        }
        tally.live.incrementAndGet();
        tally.entry.record(Tally.micros(System.nanoTime() - began));
        tally.returned += returning ? 1 : 0;
        returning = false;
        host.entered(this);
    }

    @Override
    public void message(byte[] bytes, int from, int length) {
        if (!live) {
            String text = new String(bytes, from, length, UTF_8);
            if (returning) {
                hear(bytes, from, length);
            }
            if (wire != null && dialect.refuses(bytes, from, length)) {
                wire.giveUp(new End.Refused(text.strip(), true));
                return;
            }
            if (text.contains(awaited)) {
                String epoch = returning ? "" : dialect.epoch(text);
                if (!epoch.isEmpty()) {
                    epochs.add(epoch);
                }
                next();
                return;
            }
            answer(bytes, from, length);
            return;
        }
        tally.notices += dialect.notices(bytes, from, length);
        if (hear(bytes, from, length) > 0) {
            news = true;
            if (pinged) {
                answer(EMPTY, 0, EMPTY.length);
            }
        } else {
            answer(bytes, from, length);
        }
    }

    @Override
    public void drained() {
        if (news) {
            news = false;
            host.delivered();
        }
    }

    private int hear(byte[] bytes, int from, int length) {
        now = wire == null ? System.nanoTime() : wire.heard();
        pinged = false;
        int count = Stamp.find(bytes, from, length, this);
        if (count > 0) {
            tally.bytes += length;
            tally.delivered.lazySet(tally.delivered.getPlain() + count);
        }
        return count;
    }

    private void answer(byte[] bytes, int from, int length) {
        byte[] answer = dialect.answer(bytes, from, length);
        if (answer != null && wire != null) {
            wire.send(answer);
        }
    }

    /// A ping that shares a frame with publications.
    @Override
    public void emptyLine() {
        pinged = true;
    }

    @Override
    public void found(int topic, int number, long due) {
        tally.latency.record(Tally.micros(now - due));
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
        broken = true;
        over();
        broken = false;
    }

    private void over() {
        wire = null;
        // Who comes back is away from now on.
        began = System.nanoTime();
        failures++;
        if (live) {
            live = false;
            tally.live.decrementAndGet();
            topics.forEach(Topic::left);
        }
        host.gone(this);
        entering = false;
    }
}
