package dev.heliograph.loadtest;

import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.protocol.UnsubscribeCode;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client that stays: it comes back whenever its connection ends, recovers, and keeps account. For the thread of the
/// clients.
///
/// When its connection ended with a close frame it returns to the same URL, as told; when it broke off or an attempt
/// failed, to the next. A subscription that the relay cannot serve for now it asks for again on the same connection.
final class Subscriber implements Wire.Owner {

    private static final long CONNECT = 1;
    private static final long SUBSCRIBE = 2;
    private static final long HISTORY = 3;

    /// As SDKs do for one answer.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /// How late a ping may be.
    private static final long PING_DELAY = TimeUnit.SECONDS.toNanos(10);

    /// Failures are forgotten by a connection that lasted, so that a relay which accepts and drops is not called
    /// ever faster.
    private static final long LASTING = TimeUnit.SECONDS.toNanos(5);

    /// All that the relay gives at once.
    private static final int PAGE = -1;

    private final World world;
    private final Channel channel;
    private final String token;
    private int url;
    private int failures;
    private @Nullable Wire wire;
    private Reactor.@Nullable Timer timer;
    private int refusals;
    private boolean opened;

    /// Whether the relay knows who it is, and so since when.
    private boolean connected;

    /// Whether it is subscribed.
    private boolean live;
    private boolean finished;
    private long connectedSince;
    private long pingLimit;
    private @Nullable Received received;
    private @Nullable StreamPosition position;
    private @Nullable StreamPosition historyEnd;
    private long last;

    Subscriber(World world, int number) {
        this.world = world;
        this.channel = world.channel(number);
        this.token = world.token(number);
        this.url = number / world.channels().size();
    }

    /// Connects.
    void connect() {
        try {
            wire = Wire.open(world.reactor(), world.endpoint(url), this);
            timer = world.reactor().after(PATIENCE, () -> giveUp("no answer"));
        } catch (IOException e) {
            ended(new End.Refused(e.getClass().getSimpleName(), true));
        }
    }

    private void giveUp(String cause) {
        if (wire != null) {
            wire.giveUp(connected ? new End.Cut(cause) : new End.Refused(cause, true));
        }
    }

    /// Ends for good.
    void stop() {
        finished = true;
        if (timer != null) {
            timer.cancel();
        }
        if (wire != null) {
            wire.leave();
        }
    }

    /// Whether, after [#stop], its socket is closed.
    boolean gone() {
        return wire == null || wire.isOver();
    }

    /// Gives up a connection on which no ping came.
    void checkPing(long now) {
        if (connected && pingLimit > 0 && wire != null && now - wire.heard() > pingLimit) {
            giveUp("no ping");
        }
    }

    /// From now on gaps count.
    void expect(long now) {
        last = now;
    }

    /// A gap that is not over.
    void tellGap(long now) {
        if (last != 0) {
            world.book().gap(now - last);
        }
    }

    /// How many it lacks of the numbers from the first on and below the second.
    int lacks(int first, int end) {
        return received == null ? 0 : received.lacks(first, end);
    }

    Channel channel() {
        return channel;
    }

    @Override
    public void opened() {
        if (opened) {
            world.book().reconnected();
        }
        opened = true;
        send(CONNECT, Request.Connect.withToken(token));
    }

    private void send(long id, Request request) {
        if (wire != null) {
            wire.send(Speech.command(id, request));
        }
    }

    @Override
    public void message(byte[] bytes, int from, int length) {
        if (wire != null) {
            Speech.hear(wire, bytes, from, length, this::received);
        }
    }

    private void received(Reply reply) {
        switch (reply) {
            case Reply.Ping _ -> {
                if (wire != null) {
                    wire.send(Speech.PONG);
                }
            }
            case Reply.Pushed(Push.Pub pub) -> hear(pub.publication());
            case Reply.Pushed(Push.Unsubscribe end) -> unsubscribed(end.code());
            case Reply.Ok(long _, Result.Connect answer) -> {
                pingLimit = answer.ping() == 0 ? 0 : TimeUnit.SECONDS.toNanos(answer.ping()) + PING_DELAY;
                connected = true;
                connectedSince = System.nanoTime();
                refusals = 0;
                subscribe();
            }
            case Reply.Ok(long _, Result.Subscribe subscribed) -> subscribed(subscribed);
            case Reply.Ok(long _, Result.History history) -> read(history);
            case Reply.Failed(long id, var error) -> {
                if (id == HISTORY) {
                    world.book().clientError("history error " + error.code());
                    historyEnd = null;
                } else if (id == SUBSCRIBE && error.temporary()) {
                    world.book().clientError("subscribe error " + error.code());
                    later(Backoff.delay(refusals++, world.random()), this::subscribe);
                } else {
                    giveUp((id == CONNECT ? "connect error " : "subscribe error ") + error.code());
                }
            }
            default -> {}
        }
    }

    private void later(long nanos, Runnable then) {
        if (timer != null) {
            timer.cancel();
        }
        timer = world.reactor().after(nanos, then);
    }

    private void subscribe() {
        later(PATIENCE, () -> giveUp("no answer"));
        Request.Subscribe request = Request.Subscribe.to(channel.name()).asking(true, true, false);
        send(SUBSCRIBE, position == null ? request : request.recoveringFrom(position));
    }

    private void subscribed(Result.Subscribe result) {
        if (timer != null) {
            timer.cancel();
        }
        if (received == null) {
            received = new Received(channel.begun());
        }
        StreamPosition before = position;
        StreamPosition top = new StreamPosition(result.offset(), result.epoch());
        position = result.recoverable() ? top : null;
        if (before != null) {
            boolean recovered = result.recovered();
            world.book().add(each -> {
                each.recovered += recovered ? 1 : 0;
                each.unrecovered += recovered ? 0 : 1;
            });
            if (!recovered && result.offset() > 0) {
                historyEnd = top;
                readFrom(before.epoch().equals(top.epoch()) ? before.offset() : 0);
            }
        }
        refusals = 0;
        if (!live) {
            live = true;
            world.book().came();
        }
        result.publications().forEach(this::hear);
    }

    private void unsubscribed(int code) {
        world.book().clientError("unsubscribed " + code);
        lost();
        if (code >= UnsubscribeCode.INSUFFICIENT_STATE.code()) {
            subscribe();
        }
    }

    private void lost() {
        if (live) {
            live = false;
            world.book().went();
        }
    }

    /// Reads what the relay keeps of what it could not replay.
    private void readFrom(long offset) {
        if (historyEnd != null) {
            send(
                    HISTORY,
                    new Request.History(
                            channel.name(), PAGE, Optional.of(new StreamPosition(offset, historyEnd.epoch())), false));
        }
    }

    private void read(Result.History history) {
        StreamPosition end = historyEnd;
        if (end == null || received == null) {
            return;
        }
        long at = 0;
        for (Publication each : history.publications()) {
            at = each.offset();
            // What is above comes by itself, too.
            if (at <= end.offset() && received.fill(world.number(each))) {
                world.book().add(figures -> figures.fromHistory++);
            }
        }
        if (at > 0 && at < end.offset()) {
            readFrom(at);
        } else {
            historyEnd = null;
        }
    }

    private void hear(Publication publication) {
        if (received == null) {
            return;
        }
        StreamPosition before = position;
        if (before != null && publication.offset() > before.offset()) {
            position = new StreamPosition(publication.offset(), before.epoch());
        }
        if (last != 0) {
            long now = System.nanoTime();
            world.book().gap(now - last);
            last = now;
        }
        switch (received.take(world.number(publication))) {
            case LATE -> world.book().add(each -> each.reordered++);
            case AGAIN -> world.book().add(each -> each.duplicated++);
            case NEXT, EARLY -> {}
        }
    }

    @Override
    public void ended(End end) {
        wire = null;
        historyEnd = null;
        if (timer != null) {
            timer.cancel();
        }
        long now = System.nanoTime();
        boolean lasted = connected && now - connectedSince >= LASTING;
        connected = false;
        lost();
        if (finished) {
            return;
        }
        world.book().add(each -> each.clients.add(end));
        if (end instanceof End.Closed closed && closed.terminal()) {
            world.book().clientError("sent away for good");
            finished = true;
            return;
        }
        if (!(end instanceof End.Closed)) {
            url++;
        }
        failures = lasted ? 0 : failures + 1;
        timer = world.reactor().after(Backoff.delay(failures, world.random()), this::connect);
    }
}
