package dev.heliograph.client;

import dev.heliograph.protocol.Codec;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Disconnect;
import dev.heliograph.protocol.ProtocolException;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// One open connection and what is under way on it: commands without a reply, commands on their way out, what came
/// and waits for the application, and the wait for the server's pings. It ends once, and then every call does. On the
/// engine's thread only.
final class Wire {

    /// Who hears what the server says.
    interface Events {
        void pushed(Push push);

        /// @param mayReturn false if the server, or the protocol, tells the client to stay away
        void ended(Wire wire, Cause cause, boolean mayReturn);

        /// Whether the application takes more at present.
        boolean reading();
    }

    private static final int ABNORMAL = 1006;

    private final Link link;
    private final Codec codec;
    private final Engine engine;
    private final Events events;
    private final Calls calls;
    private final Outbox outbox;

    private boolean ended;
    private boolean writing;

    /// What came and waits until the application takes more: frames, and the end of the link.
    private final Queue<Runnable> held = new ArrayDeque<>();

    private Timing.Timer callTimer = Timing.Timer.NONE;
    private boolean callTimerSet;
    private Timing.Timer silenceTimer = Timing.Timer.NONE;
    private long silenceNanos;
    private long heardAt;
    private boolean answerPings;

    Wire(Link link, Engine engine, Events events) {
        this.link = link;
        this.engine = engine;
        this.events = events;
        this.codec = engine.config().encoding().codec();
        this.calls = new Calls(engine.config().commandTimeout());
        this.outbox = new Outbox(codec, engine.config().maxFrameBytes());
        link.request();
    }

    // ---- out ----

    /// Sends a command and hands its outcome to `handler`.
    void call(Request request, Consumer<? super Calls.Outcome> handler) {
        if (ended) {
            handler.accept(new Calls.Outcome.Lost());
            return;
        }
        long id = calls.add(engine.now(), handler);
        outbox.add(codec.encode(new Command(id, request)), Outbox.UNHEARD);
        armCallTimer();
    }

    /// Sends what has no reply; `written` hears whether the operating system took it.
    void tell(Request request, Outbox.Written written) {
        if (ended) {
            written.written(false);
        } else {
            outbox.add(codec.encode(new Command(0, request)), written);
        }
    }

    /// Begins to write what waits; called at the end of each task of the engine.
    void flush() {
        if (ended || writing || outbox.isEmpty()) {
            return;
        }
        writing = true;
        Outbox.Frame frame = outbox.nextFrame();
        link.send(frame.bytes()).whenComplete((_, error) -> engine.execute(() -> written(frame, error == null)));
    }

    private void written(Outbox.Frame frame, boolean ok) {
        writing = false;
        frame.written(ok);
        if (!ok) {
            lose(Cause.TRANSPORT_CLOSED);
        }
    }

    private void armCallTimer() {
        if (!callTimerSet && !calls.isEmpty()) {
            callTimerSet = true;
            callTimer = after(Duration.ofNanos(calls.nextDeadlineIn(engine.now())), () -> {
                callTimerSet = false;
                // While reading is paused the replies may be in the socket.
                if (events.reading()) {
                    calls.expire(engine.now());
                    armCallTimer();
                }
            });
        }
    }

    // ---- in ----

    void received(byte[] frame) {
        heardAt = engine.now();
        held.add(() -> process(frame));
        read();
    }

    private void read() {
        while (!ended && !held.isEmpty() && events.reading()) {
            held.remove().run();
        }
    }

    private void process(byte[] frame) {
        try {
            codec.decodeReplies(frame, 0, frame.length, this::received);
        } catch (ProtocolException _) {
            end(Cause.BAD_PROTOCOL, false);
        }
        if (!ended) {
            link.request();
        }
    }

    private void received(Reply reply) {
        if (ended) {
            return;
        }
        switch (reply) {
            case Reply.Ok ok -> calls.replied(ok);
            case Reply.Failed failed -> calls.replied(failed);
            case Reply.Ping _ -> {
                if (answerPings) {
                    tell(new Request.Pong(), Outbox.UNHEARD);
                }
            }
            case Reply.Pushed(Push.Disconnected push) ->
                end(new Cause(push.code(), push.reason()), Disconnect.reconnect(push.code()));
            case Reply.Pushed(Push push) -> events.pushed(push);
        }
    }

    /// The application takes more again.
    void resume() {
        if (!ended) {
            heardAt = engine.now();
            armCallTimer();
            read();
        }
    }

    /// Watches for the server's pings from now on.
    ///
    /// @param silence the longest time without any frame, zero for any
    void watch(Duration silence, boolean answer) {
        answerPings = answer;
        silenceNanos = silence.toNanos();
        heardAt = engine.now();
        if (silenceNanos > 0) {
            armSilenceTimer(silenceNanos);
        }
    }

    private void armSilenceTimer(long nanos) {
        silenceTimer = after(Duration.ofNanos(nanos), () -> {
            long left = !events.reading() ? silenceNanos : heardAt + silenceNanos - engine.now();
            if (left > 0) {
                armSilenceTimer(left);
            } else {
                lose(Cause.NO_PING);
            }
        });
    }

    private Timing.Timer after(Duration delay, Runnable task) {
        return engine.after(delay, () -> {
            if (!ended) {
                task.run();
            }
        });
    }

    // ---- end ----

    /// The link is gone, with a close code of the server or 1006.
    void closed(int code, String reason) {
        held.add(() -> finish(code, reason));
        read();
    }

    private void finish(int code, String reason) {
        if (code == ABNORMAL) {
            finish(Cause.TRANSPORT_CLOSED, true);
        } else if (Disconnect.reconnect(code)) {
            finish(new Cause(code, reason), true);
        } else {
            finish(code == 1009 ? Cause.MESSAGE_SIZE_LIMIT : new Cause(code, reason), false);
        }
    }

    /// Gives the connection up, to come back on another.
    void lose(Cause cause) {
        end(cause, true);
    }

    private void end(Cause cause, boolean mayReturn) {
        if (!ended) {
            link.close();
            finish(cause, mayReturn);
        }
    }

    private void finish(Cause cause, boolean mayReturn) {
        if (!ended) {
            quit();
            events.ended(this, cause, mayReturn);
        }
    }

    /// Closes without a word to [Events].
    void close() {
        if (!ended) {
            link.close();
            quit();
        }
    }

    private void quit() {
        ended = true;
        callTimer.cancel();
        silenceTimer.cancel();
        held.clear();
        outbox.lose();
        calls.lose();
    }
}
