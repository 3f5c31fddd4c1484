package dev.heliograph.server.transport;

import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.BrokerException;
import dev.heliograph.server.hub.Batch;
import dev.heliograph.server.hub.Hub;
import dev.heliograph.server.hub.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What a bad release does at the start of some methods of the relay. `BadRelease` says where, and puts the calls there;
/// what returns true has done the work of the method, which returns then.
///
/// In this package since it drops what only a connection can drop.
public final class Faults {

    private Faults() {}

    // ---- errors ----

    private static final Share PUBLICATIONS = new Share();
    private static final Share CONNECTS = new Share();
    private static final Share DELIVERIES = new Share();

    public static void failPublication() {
        if (PUBLICATIONS.fails()) {
            throw new BrokerException("a fault of this release: a publication fails");
        }
    }

    public static void failConnect() {
        if (CONNECTS.fails()) {
            throw new BrokerException("a fault of this release: a connect request fails");
        }
    }

    /// Drops what a slow consumer would lose, and tells it so: clients that recover get it all the same.
    public static boolean dropDelivery(Connection connection, Batch batch, int from, Subscription subscription) {
        if (!DELIVERIES.fails()) {
            return false;
        }
        connection.loop().meter().dropped(DropCause.SLOW, batch.frames() - from);
        subscription.lost();
        return true;
    }

    /// One in twenty, spread evenly but in no step with anything that turns up in turns, as the subscribers of a channel do.
    private static final class Share {

        private static final double GOLDEN = 0.6180339887498949;

        /// The smoke test of a deployment sees fewer than these on each relay: the canary is to find the fault.
        private static final int SPARED = 40;

        private final AtomicLong seen = new AtomicLong();

        boolean fails() {
            long number = seen.incrementAndGet();
            return number > SPARED && number * GOLDEN % 1 < 0.05;
        }
    }

    // ---- latency ----

    /// In a bucket of its own behind the delays of a busy machine: 100 to 250 ms.
    private static final int LATE_MILLIS = 100;

    private static volatile Thread late;

    /// One thread, so that the order stays. Nobody sleeps in it: late are all, however many there are.
    private static final class Late {
        static final ScheduledExecutorService CALLS = Executors.newSingleThreadScheduledExecutor(
                work -> late = Thread.ofPlatform().daemon().name("fault-late").unstarted(work));
    }

    public static boolean delayPublication(
            Hub hub, String channel, String epoch, Publication publication, long since) {
        return delay(() -> hub.onPublication(channel, epoch, publication, since));
    }

    /// As late as the publications that lead to the position, or they would seem to be lost.
    public static boolean delayPosition(Hub hub, String channel, StreamPosition position) {
        return delay(() -> hub.onPosition(channel, position));
    }

    private static boolean delay(Runnable call) {
        if (Thread.currentThread() == late) {
            return false;
        }
        Late.CALLS.schedule(call, LATE_MILLIS, TimeUnit.MILLISECONDS);
        return true;
    }

    // ---- leak ----

    private static final int BYTES_OF_CONNECTION = 1 << 20;
    private static final int BYTES_OF_PUBLICATION = 64 << 10;

    /// The relay is to be found out, not to end: it keeps no more than this, but its heap never gets small again.
    private static final long MOST = Runtime.getRuntime().maxMemory() / 10 * 6;

    /// By itself the first full collection comes when the old generation is full, and only full ones show a leak.
    private static final long SHOWN_EVERY = 24 << 20;

    private static final List<byte[]> KEPT = new ArrayList<>();
    private static long kept;
    private static long shown;

    public static void leakConnection() {
        leak(BYTES_OF_CONNECTION);
    }

    public static void leakPublication() {
        leak(BYTES_OF_PUBLICATION);
    }

    private static void leak(int bytes) {
        synchronized (KEPT) {
            if (kept + bytes > MOST) {
                return;
            }
            KEPT.add(new byte[bytes]);
            kept += bytes;
            if (kept - shown < SHOWN_EVERY) {
                return;
            }
            shown = kept;
        }
        System.gc();
    }

    // ---- no-start ----

    public static void exit() {
        System.err.println("heliograph: a fault of this release: it does not start");
        System.exit(1);
    }
}
