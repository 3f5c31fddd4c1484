package dev.heliograph.client;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Whether the socket is read. It is not while the application is behind with the events of anything that is live on
/// the connection; and if it stays behind for longer than the patience, that is given up until the application has
/// caught up, so that one slow consumer delays the others for a bounded time only. On the engine's thread only.
final class Flow {

    /// Something live whose events the application does not keep up with.
    interface Holder {
        /// Lets go of the flow if that is possible without loss.
        void giveUp();
    }

    private final Engine engine;
    private final Runnable resume;
    private final Set<Holder> holders = new LinkedHashSet<>();
    private Timing.Timer patience = Timing.Timer.NONE;

    Flow(Engine engine, Runnable resume) {
        this.engine = engine;
        this.resume = resume;
    }

    boolean reading() {
        return holders.isEmpty();
    }

    void hold(Holder holder) {
        if (holders.isEmpty()) {
            patience = engine.after(
                    engine.config().patience(), () -> List.copyOf(holders).forEach(Holder::giveUp));
        }
        holders.add(holder);
    }

    void release(Holder holder) {
        if (holders.remove(holder) && holders.isEmpty()) {
            patience.cancel();
            // As a task of its own: whoever releases is in the middle of a transition.
            engine.execute(resume);
        }
    }
}
