package dev.heliograph.client;

import java.util.concurrent.atomic.AtomicInteger;

/// Hands events to the application in order, on a virtual thread, and knows when the application falls behind.
///
/// Its bound is kept by whoever submits: from `bound` waiting events on it is *behind*, and stays so until half of them
/// are consumed. Everything but the events runs on the engine's thread.
final class Dispatcher {

    /// Who has to stop when the application falls behind. Called on the engine's thread.
    interface Owner {
        void fellBehind();

        void caughtUp();
    }

    private final Serial serial;
    private final int bound;
    private final Engine engine;
    private final Owner owner;
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean behind;

    Dispatcher(String name, Engine engine, Owner owner) {
        this.serial = new Serial(name);
        this.bound = engine.config().bufferedEvents();
        this.engine = engine;
        this.owner = owner;
    }

    boolean behind() {
        return behind;
    }

    void submit(Runnable event) {
        int now = waiting.incrementAndGet();
        serial.execute(() -> consume(event));
        if (now >= bound && !behind) {
            behind = true;
            owner.fellBehind();
        }
    }

    private void consume(Runnable event) {
        try {
            event.run();
        } finally {
            if (waiting.decrementAndGet() == bound / 2) {
                engine.execute(this::drained);
            }
        }
    }

    private void drained() {
        if (behind && waiting.get() <= bound / 2) {
            behind = false;
            owner.caughtUp();
        }
    }
}
