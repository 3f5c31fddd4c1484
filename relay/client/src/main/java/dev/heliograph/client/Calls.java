package dev.heliograph.client;

import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.ReplyError;
import dev.heliograph.protocol.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The commands of one connection that have no reply yet. Every call ends in exactly one [Outcome]. On the engine's
/// thread only.
final class Calls {

    /// How a command ended.
    sealed interface Outcome {
        record Ok(Result result) implements Outcome {}

        record Failed(ReplyError error) implements Outcome {}

        /// No reply in time; one that comes later is ignored.
        record TimedOut() implements Outcome {}

        /// The connection ended first.
        record Lost() implements Outcome {}
    }

    private record Call(Consumer<? super Outcome> handler, long deadline) {}

    private final long timeoutNanos;

    /// In the order they were made, which is the order of their deadlines.
    private final Map<Long, Call> open = new LinkedHashMap<>();

    private long lastId;

    Calls(Duration timeout) {
        this.timeoutNanos = timeout.toNanos();
    }

    /// The id for a new command.
    long add(long now, Consumer<? super Outcome> handler) {
        lastId = lastId == Command.MAX_ID ? 1 : lastId + 1;
        open.put(lastId, new Call(handler, now + timeoutNanos));
        return lastId;
    }

    void replied(Reply.Ok reply) {
        end(reply.id(), new Outcome.Ok(reply.result()));
    }

    void replied(Reply.Failed reply) {
        end(reply.id(), new Outcome.Failed(reply.error()));
    }

    private void end(long id, Outcome outcome) {
        Call call = open.remove(id);
        if (call != null) {
            call.handler().accept(outcome);
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /// Nanoseconds until the first deadline, at least 0; none must be open otherwise than checked by [#isEmpty].
    long nextDeadlineIn(long now) {
        return Math.max(0, open.values().iterator().next().deadline() - now);
    }

    void expire(long now) {
        List<Call> late = new ArrayList<>();
        for (Iterator<Call> calls = open.values().iterator(); calls.hasNext(); ) {
            Call call = calls.next();
            if (call.deadline() - now > 0) {
                break;
            }
            calls.remove();
            late.add(call);
        }
        late.forEach(call -> call.handler().accept(new Outcome.TimedOut()));
    }

    void lose() {
        List<Call> lost = List.copyOf(open.values());
        open.clear();
        lost.forEach(call -> call.handler().accept(new Outcome.Lost()));
    }
}
