package dev.heliograph.server.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.heliograph.server.ip.IpAddress;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Addresses that keep on though they are refused. An answer costs as much as a handshake, over TLS far more: after
/// [#PATIENCE] of them within a second an address gets none for a second, and is cut off as it is accepted.
///
/// This is about what it costs, not about who may come in: whoever is not cut off is judged as ever. Threadsafe.
final class Floods {

    /// Refusals within a second that are answered.
    static final int PATIENCE = 20;

    private static final long SECOND = 1_000_000_000L;

    /// Those that are forgotten when there are more are answered a little more often.
    private static final int MAX_ADDRESSES = 50_000;

    /// What one address did; guarded by itself.
    private static final class Record {
        private long since;
        private int refusals;
        private long cutUntil;

        Record(long now) {
            since = now;
            cutUntil = now;
        }
    }

    private final LongSupplier nanoTime;
    private final Cache<IpAddress, Record> records;

    Floods(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.records = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .expireAfterAccess(Duration.ofNanos(2 * SECOND))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /// An address was refused, for what it is or does.
    void refused(IpAddress address) {
        long now = nanoTime.getAsLong();
        Record record = records.get(address.holder(), _ -> new Record(now));
        synchronized (record) {
            if (now - record.since >= SECOND) {
                record.since = now;
                record.refusals = 0;
            }
            if (++record.refusals == PATIENCE) {
                record.cutUntil = now + SECOND;
            }
        }
    }

    /// Whether an address gets no answer now.
    boolean cutsOff(IpAddress address) {
        Record record = records.getIfPresent(address.holder());
        if (record == null) {
            return false;
        }
        synchronized (record) {
            return record.cutUntil - nanoTime.getAsLong() > 0;
        }
    }
}
