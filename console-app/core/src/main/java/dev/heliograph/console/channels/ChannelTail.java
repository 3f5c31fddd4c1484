package dev.heliograph.console.channels;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.api.StreamWish;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.StreamError;
import dev.heliograph.console.wire.StreamMessage;
import dev.heliograph.console.wire.TailEnd;
import dev.heliograph.console.wire.TailMessage;
import dev.heliograph.console.wire.Topic;
import dev.heliograph.console.wire.TopicProblem;
import dev.heliograph.console.workspace.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A look into a channel: some of its publications, masked. It ends by itself, with its time, or when its stream
/// breaks:
/// it is not taken up again, since each look is on record with its reason. Threadsafe.
public final class ChannelTail implements AutoCloseable {

    /// Lines that are kept to be read.
    static final int KEPT = 500;

    /// What is seen.
    ///
    /// @param wish    what was asked for; empty before the first look
    /// @param until   when it ends; empty if it does not go on
    /// @param lines   the newest last
    /// @param seen    publications shown so far
    /// @param skipped publications that were not shown
    /// @param ended   why it is over
    public record State(
            Optional<TailWish> wish,
            Optional<Instant> until,
            List<TailMessage> lines,
            long seen,
            long skipped,
            Optional<String> ended) {

        static final State NOTHING = new State(Optional.empty(), Optional.empty(), List.of(), 0, 0, Optional.empty());

        public boolean goesOn() {
            return until.isPresent();
        }

        State plus(TailMessage line) {
            List<TailMessage> next = new ArrayList<>(lines.subList(Math.max(0, lines.size() - KEPT + 1), lines.size()));
            next.add(line);
            return new State(wish, until, List.copyOf(next), seen + 1, line.skipped(), ended);
        }

        State over(String why) {
            return goesOn() ? new State(wish, Optional.empty(), lines, seen, skipped, Optional.of(why)) : this;
        }
    }

    private final Workspace workspace;
    private final Value<State> state = new Value<>(State.NOTHING);

    /// Guarded by this.
    private Watch watch = () -> {};

    ChannelTail(Workspace workspace) {
        this.workspace = workspace;
    }

    public Value<State> state() {
        return state;
    }

    /// Looks; a look that goes on ends.
    public synchronized void start(TailWish wish) {
        watch.close();
        state.set(new State(
                Optional.of(wish),
                Optional.of(workspace.clock().instant().plus(wish.time())),
                List.of(),
                0,
                0,
                Optional.empty()));
        StreamWish stream = StreamWish.of(Topic.TAIL)
                .with("channel", wish.channel())
                .with("per_second", Integer.toString(wish.perSecond()))
                .with("masking", wish.masking().word())
                .with("duration_ms", Long.toString(wish.time().toMillis()));
        watch = workspace
                .live()
                .watch(wish.reason().isBlank() ? stream : stream.with("reason", wish.reason()), new Lines());
    }

    /// Ends the look; what was seen stays.
    public void stop() {
        end(Messages.text("channels.tail.stopped"));
    }

    private synchronized void end(String why) {
        watch.close();
        watch = () -> {};
        state.update(now -> now.over(why));
    }

    /// Forgets what was seen.
    public synchronized void clear() {
        stop();
        state.set(State.NOTHING);
    }

    @Override
    public void close() {
        stop();
    }

    private final class Lines implements LiveFeed.Listener {

        @Override
        public void onMessage(StreamMessage message) {
            switch (message) {
                case TailMessage line -> state.update(now -> now.goesOn() ? now.plus(line) : now);
                case TailEnd end -> {
                    state.update(now ->
                            new State(now.wish(), now.until(), now.lines(), end.seen(), end.skipped(), now.ended()));
                    end(Messages.text("channels.tail.over"));
                }
                case TopicProblem problem -> end(problem.message());
                case StreamError error -> end(error.error().message());
                default -> {}
            }
        }

        @Override
        public void onInterrupted(AdminException cause) {
            end(Messages.text("channels.tail.broken", cause.sentence()));
        }

        @Override
        public void onEnd(AdminException cause) {
            end(cause.sentence());
        }
    }
}
