package dev.heliograph.console.workspace;

import dev.heliograph.console.action.Gate;
import dev.heliograph.console.action.Journal;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.HttpAdminApi;
import dev.heliograph.console.api.Nodes;
import dev.heliograph.console.api.Trust;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.WhoAmI;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The console's link to one cluster: makes the [Workspace] of its pages, and knows how it stands.
///
/// ```
///               an answer            no node answers
///   Connecting ───────────▶ Live ◀─────────────────▶ Stale
///        │                   │        an answer        │
///        └───────────┬───────┴─────────────────────────┘
///                    ▼ the token is not accepted
///                SignedOut ── another token ──▶ Connecting
/// ```
///
/// It asks every two seconds who it is, and at once when a call has found a node gone; it goes to another
/// node when the one that it is at does not answer within five seconds. A cluster that takes two seconds for
/// an answer is live. Threadsafe; works until it is closed.
public final class ClusterLink implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Calls that fail one after the other are one reason to look.
    private static final Duration AT_LEAST = Duration.ofMillis(200);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Nodes nodes;
    private final Clock clock;
    private final VirtualBackground background = new VirtualBackground();
    private final Value<LinkState> state = new Value<>(new LinkState.Connecting());
    private final Semaphore wake = new Semaphore(0);
    private final Workspace workspace;
    private final Thread beat;
    private final Watch ticker;
    private volatile Instant heard;
    private volatile boolean closed;

    /// Begins at once.
    ///
    /// @param cluster   its name
    /// @param addresses of its nodes, at least one
    public ClusterLink(String cluster, List<URI> addresses, Trust trust, String token, Clock clock) {
        this.clock = clock;
        this.heard = clock.instant();
        this.nodes = new Nodes(addresses, trust, token, new Calls());
        Gate gate = new Gate(cluster, clock);
        this.workspace = new Workspace(
                cluster, new HttpAdminApi(nodes), nodes.live(), state, gate, new Journal(clock), background, clock);
        this.ticker = background.every(TICK, gate::expire);
        this.beat = Thread.ofVirtual().name("link-" + cluster).start(this::beatOn);
    }

    public Workspace workspace() {
        return workspace;
    }

    /// Goes on with another token, after the one of before was not accepted or to work in another role.
    ///
    /// @return who that is when a node has accepted it; an [AdminException] if it is refused
    public CompletableFuture<WhoAmI> signIn(String token) {
        nodes.signIn(token);
        state.set(new LinkState.Connecting());
        CompletableFuture<WhoAmI> accepted = new CompletableFuture<>();
        Watch watch = state.listen(now -> {
            switch (now) {
                case LinkState.Live(var _, WhoAmI who) -> accepted.complete(who);
                case LinkState.SignedOut(AdminException cause) -> accepted.completeExceptionally(cause);
                case LinkState.Connecting _, LinkState.Stale _ -> {}
            }
        });
        var _ = accepted.whenComplete((_, _) -> watch.close());
        wake.release();
        return accepted;
    }

    /// Looks for a node now, instead of in two seconds.
    public void retry() {
        wake.release();
    }

    @Override
    public void close() {
        closed = true;
        beat.interrupt();
        ticker.close();
        background.close();
        nodes.close();
    }

    private void beatOn() {
        try {
            while (!closed) {
                look();
                Thread.sleep(AT_LEAST);
                boolean _ = wake.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
            }
        } catch (InterruptedException | CancellationException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (nodes.isSignedOut()) {
            return;
        }
        try {
            Nodes.Found found = nodes.find(PATIENCE);
            workspace.gate().role().set(Role.of(found.who().role()));
            become(new LinkState.Live(found.address(), found.who()));
        } catch (AdminException e) {
            become(new LinkState.Stale(heard, e));
        }
    }

    /// The refusal of a token is told by the observer, and outlasts what was asked before it.
    private void become(LinkState next) {
        state.update(now -> {
            if (nodes.isSignedOut()) {
                return now;
            }
            boolean same = now instanceof LinkState.Stale before
                    && next instanceof LinkState.Stale after
                    && before.since().equals(after.since())
                    && before.cause().sentence().equals(after.cause().sentence());
            return same ? now : next;
        });
    }

    private final class Calls implements Nodes.Observer {

        @Override
        public void answered() {
            heard = clock.instant();
            if (state.get() instanceof LinkState.Stale) {
                wake.release();
            }
        }

        @Override
        public void troubled() {
            wake.release();
        }

        @Override
        public void refused(AdminException cause) {
            state.update(now -> nodes.isSignedOut() ? new LinkState.SignedOut(cause) : now);
        }
    }
}
