package dev.heliograph.server.hub;

import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.config.SlowConsumer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection's place in a channel, on the shard of its loop.
///
/// ```
///  PENDING ──activate──► LIVE ──gap, lost────► ENDED (the owner is told)
///     └───────────── remove ──┴────────────────► ENDED
/// ```
/// While the owner reads history and makes up its reply, the subscription is pending and keeps what comes; it goes live
/// behind the reply, so that the reply is always before the first publication. A positioned subscription
/// passes on offsets without a gap or not at all.
///
/// After construction only the loop's thread touches it.
public final class Subscription {

    /// What a pending subscription keeps before it gives up; history reads take milliseconds.
    private static final int MAX_BUFFERED = 4_096;

    private enum State {
        PENDING,
        LIVE,
        ENDED
    }

    private final String channel;
    private final Sink sink;
    private final boolean positioned;
    private final boolean joinLeave;
    private final SlowConsumer slowConsumer;
    private final Runnable onInsufficientState;

    private State state = State.PENDING;
    private @Nullable List<Delivery> buffered = new ArrayList<>(0);
    private String epoch = "";
    private long offset;

    /// Place in its channel's array, so that it can be removed without a search.
    int index = -1;

    /// @param positioned          whether a gap ends it
    /// @param joinLeave           whether it hears of joins and leaves
    /// @param slowConsumer        what happens to what its peer does not read fast enough
    /// @param onInsufficientState called on the loop when it cannot go on without a gap, or has lost
    ///                            something; it passes nothing on any more by then, and the owner is to
    ///                            remove it
    public Subscription(
            String channel,
            Sink sink,
            boolean positioned,
            boolean joinLeave,
            SlowConsumer slowConsumer,
            Runnable onInsufficientState) {
        this.channel = channel;
        this.sink = sink;
        this.positioned = positioned;
        this.joinLeave = joinLeave;
        this.slowConsumer = slowConsumer;
        this.onInsufficientState = onInsufficientState;
    }

    public String channel() {
        return channel;
    }

    /// Whether a gap ends it.
    public boolean positioned() {
        return positioned;
    }

    /// What happens to what its peer does not read fast enough.
    public SlowConsumer slowConsumer() {
        return slowConsumer;
    }

    Sink sink() {
        return sink;
    }

    boolean live() {
        return state == State.LIVE;
    }

    boolean pending() {
        return state == State.PENDING;
    }

    boolean hearsJoinLeave() {
        return joinLeave;
    }

    /// Goes live at a position and passes on what came meanwhile.
    ///
    /// @return whether there was no gap
    boolean activate(StreamPosition position) {
        epoch = position.epoch();
        offset = position.offset();
        state = State.LIVE;
        List<Delivery> kept = buffered;
        buffered = null;
        if (kept == null) {
            return false;
        }
        for (Delivery delivery : kept) {
            if (state != State.LIVE) {
                // The peer is so slow that this was lost already.
                return true;
            }
            if (!accept(delivery)) {
                return false;
            }
        }
        return true;
    }

    /// Keeps a delivery until it goes live; when there are too many, none is kept and [#activate] reports the
    /// gap.
    void keep(Delivery delivery) {
        List<Delivery> kept = buffered;
        if (kept == null || !(delivery.publication() || joinLeave)) {
            return;
        }
        if (kept.size() >= MAX_BUFFERED) {
            buffered = null;
        } else {
            kept.add(delivery);
        }
    }

    /// Writes one delivery to a live subscription.
    ///
    /// @return false at a gap
    private boolean accept(Delivery delivery) {
        if (positioned && delivery.publication() && delivery.offset() != 0) {
            if (!epoch.equals(delivery.epoch()) || delivery.offset() > offset + 1) {
                return false;
            }
            if (delivery.offset() <= offset) {
                return true;
            }
            offset = delivery.offset();
        }
        sink.write(delivery.frame(sink.encoding()), delivery.publication(), this);
        return true;
    }

    /// Writes a run of publications that are numbered without a gap in one epoch (or not numbered at all).
    ///
    /// @return false at a gap
    boolean accept(Batch batch, String runEpoch, long first) {
        if (!positioned || first == 0) {
            sink.write(batch, 0, this);
            return true;
        }
        long next = offset + 1;
        if (first > next || !epoch.equals(runEpoch)) {
            return false;
        }
        long from = next - first;
        if (from < batch.frames()) {
            offset = first + batch.frames() - 1;
            sink.write(batch, (int) from, this);
        }
        return true;
    }

    /// Whether it is live and keeps a position that is not as far as this.
    boolean isBehind(StreamPosition reached) {
        return positioned
                && state == State.LIVE
                && (!epoch.equals(reached.epoch()) || Long.compareUnsigned(offset, reached.offset()) < 0);
    }

    /// Some of what it passed on was dropped before it reached the peer: it ends, and its owner tells the
    /// client to subscribe anew. Its place on the shard stays, without effect, until the owner removes it, so
    /// this may be called while the shard writes.
    ///
    /// @return false if it was not live; nothing is done then
    public boolean lost() {
        if (state != State.LIVE) {
            return false;
        }
        end();
        insufficientState();
        return true;
    }

    void end() {
        state = State.ENDED;
        buffered = null;
    }

    void insufficientState() {
        onInsufficientState.run();
    }
}
