package dev.heliograph.loadtest;

import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client that comes, subscribes, hears one publication or waits a second, and goes; it tries once. For the thread of
/// the clients.
final class Visitor implements Wire.Owner {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final long STAY = TimeUnit.SECONDS.toNanos(1);

    private final World world;
    private final Channel channel;
    private final String token;
    private final Runnable gone;
    private @Nullable Wire wire;
    private Reactor.@Nullable Timer timer;

    private Visitor(World world, int number, Runnable gone) {
        this.world = world;
        this.channel = world.channel(number);
        this.token = world.token(number);
        this.gone = gone;
    }

    /// Sends one.
    ///
    /// @param gone told when it has gone, however
    static void send(World world, int number, Runnable gone) {
        Visitor visitor = new Visitor(world, number, gone);
        world.book().add(each -> each.visits++);
        try {
            visitor.wire = Wire.open(world.reactor(), world.endpoint(number), visitor);
            visitor.timer = world.reactor().after(PATIENCE, () -> visitor.giveUp("no answer"));
        } catch (IOException e) {
            visitor.ended(new End.Refused(e.getClass().getSimpleName(), true));
        }
    }

    private void giveUp(String cause) {
        if (wire != null) {
            wire.giveUp(new End.Refused(cause, true));
        }
    }

    @Override
    public void opened() {
        request(1, Request.Connect.withToken(token));
    }

    private void request(long id, Request request) {
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
            case Reply.Ok(long _, Result.Connect _) -> request(2, Request.Subscribe.to(channel.name()));
            case Reply.Ok(long _, Result.Subscribe _) -> {
                cancel();
                timer = world.reactor().after(STAY, () -> leave(each -> each.visitsSilent++));
            }
            case Reply.Pushed(Push.Pub _) -> leave(each -> each.visitsServed++);
            case Reply.Failed(long id, var error) ->
                giveUp((id == 1 ? "connect error " : "subscribe error ") + error.code());
            default -> {}
        }
    }

    private void leave(Consumer<Figures> how) {
        world.book().add(how);
        cancel();
        if (wire != null) {
            wire.leave();
            gone.run();
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public void ended(End end) {
        wire = null;
        cancel();
        world.book().add(each -> each.visitors.add(end));
        gone.run();
    }
}
