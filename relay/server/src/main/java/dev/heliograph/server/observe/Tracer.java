package dev.heliograph.server.observe;

import dev.heliograph.protocol.Bytes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Lets operators follow one user, channel, address or connection of this node for a bounded time. Threadsafe.
///
/// While nobody follows anything, an event costs its place in the code the reading of one field ([#active]). Nobody who
/// tells an event ever waits for those who follow: what they do not take in time is dropped and counted.
public final class Tracer implements AutoCloseable {

    /// Follows at once; each costs every event of the node a comparison.
    static final int MAX_FOLLOWS = 16;

    private static final System.Logger LOG = System.getLogger(Tracer.class.getName());

    private final InstantSource clock;
    private final List<Follow> follows = new CopyOnWriteArrayList<>();
    private volatile boolean active;

    public Tracer(InstantSource clock) {
        this.clock = clock;
    }

    /// Whether somebody follows something: asked before an event is made up.
    public boolean active() {
        return active;
    }

    /// Begins to follow.
    ///
    /// @param events told of each event, on a thread of its own; one that throws ends the follow
    /// @return ends it before its time
    /// @throws IllegalStateException if as many as may be are followed already
    public AutoCloseable follow(FollowSpec spec, Consumer<TraceEvent> events) {
        Follow follow;
        synchronized (follows) {
            if (follows.size() >= MAX_FOLLOWS) {
                throw new IllegalStateException(MAX_FOLLOWS + " things are followed already");
            }
            follow = new Follow(spec, spec.log() ? logging(events) : events, clock, this::ended);
            follows.add(follow);
            active = true;
        }
        LOG.log(System.Logger.Level.INFO, "following begins: {0}", spec);
        follow.start();
        return follow;
    }

    private static Consumer<TraceEvent> logging(Consumer<TraceEvent> events) {
        Log log = Log.of(Tracer.class);
        return event -> {
            log.info("followed: {}", event.kind() == TraceEvent.Kind.ENDED ? null : about(event), event);
            events.accept(event);
        };
    }

    private static About about(TraceEvent event) {
        return Log.about(event.client(), event.user(), event.remoteAddress());
    }

    private void ended(Follow follow) {
        synchronized (follows) {
            follows.remove(follow);
            active = !follows.isEmpty();
        }
        LOG.log(System.Logger.Level.INFO, "following ends: {0}", follow.spec());
    }

    /// What is followed now, and for how long yet.
    public List<Active> follows() {
        List<Active> all = new ArrayList<>();
        follows.forEach(follow -> all.add(new Active(follow.spec(), follow.left())));
        return all;
    }

    /// One that goes on.
    ///
    /// @param left until it ends by itself
    public record Active(FollowSpec spec, Duration left) {}

    /// Tells an event without a payload.
    ///
    /// @param channel empty if it is about none
    public void event(TraceEvent.Kind kind, About about, String channel, String detail) {
        event(kind, about, channel, detail, Bytes.EMPTY);
    }

    /// Tells an event.
    ///
    /// @param payload of which only size and shape are told
    public void event(TraceEvent.Kind kind, About about, String channel, String detail, Bytes payload) {
        for (Follow follow : follows) {
            if (follow.spec().matches(about, channel)) {
                follow.offer(new TraceEvent(
                        clock.instant(),
                        kind,
                        about.id(),
                        about.user(),
                        about.remoteAddress(),
                        channel,
                        detail,
                        payload.length(),
                        payload.isEmpty() ? "" : Masked.of(payload)));
            }
        }
    }

    /// Tells that frames were written to a subscriber.
    public void delivered(About about, String channel, int frames, long bytes) {
        for (Follow follow : follows) {
            if (follow.spec().matches(about, channel) && follow.sampled()) {
                follow.offer(new TraceEvent(
                        clock.instant(),
                        TraceEvent.Kind.DELIVERED,
                        about.id(),
                        about.user(),
                        about.remoteAddress(),
                        channel,
                        frames == 1 ? "1 message" : frames + " messages",
                        bytes,
                        ""));
            }
        }
    }

    /// Ends all.
    @Override
    public void close() {
        follows.forEach(Follow::close);
    }
}
