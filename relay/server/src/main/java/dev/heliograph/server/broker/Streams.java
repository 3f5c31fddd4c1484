package dev.heliograph.server.broker;

import dev.heliograph.protocol.Publication;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// All streams, within a number of streams and a number of bytes.
///
/// At the bound of bytes the oldest publications of the least recently used stream go, and the stream keeps its
/// position; at the bound of streams the least recently used stream goes, and the channel begins a new epoch at its
/// next use. Either way a reader sees that it cannot continue from where it was.
///
/// Lock order: `trimming`, then one channel's lock, then the queues' own.
final class Streams {

    // Trimming goes a little below the bound, so that at the bound not every publication has to trim.
    private static final int SLACK_FRACTION = 64;

    private final ChannelLocks locks;
    private final long maxBytes;
    private final int maxStreams;
    private final ConcurrentHashMap<String, Stream> streams = new ConcurrentHashMap<>();
    private final LazyQueue<Stream> byDeadline = new LazyQueue<>();
    private final LazyQueue<Stream> byUse = new LazyQueue<>();
    private final LazyQueue<Stream> byUseWithPublications = new LazyQueue<>();
    private final AtomicInteger count = new AtomicInteger(); // of `streams`, whose own is a sum over cells
    private final AtomicLong bytes = new AtomicLong();
    private final ReentrantLock trimming = new ReentrantLock();

    Streams(ChannelLocks locks, long maxBytes, int maxStreams) {
        this.locks = locks;
        this.maxBytes = maxBytes;
        this.maxStreams = maxStreams;
    }

    /// The stream of a channel, a new one if there is none, marked as used. Under the channel's lock; [#trim] is
    /// due afterwards, without it.
    Stream open(String channel, long now, Duration metaTtl) {
        Stream stream = find(channel, now).orElseGet(() -> create(channel));
        stream.use(now, Deadline.after(now, metaTtl));
        byDeadline.offer(stream.byDeadline, stream.deadline());
        byUse.offer(stream.byUse, now);
        return stream;
    }

    private Stream create(String channel) {
        Stream stream = new Stream(channel);
        streams.put(channel, stream);
        count.incrementAndGet();
        return stream;
    }

    /// The stream of a channel without what has expired. Under the channel's lock.
    Optional<Stream> find(String channel, long now) {
        Stream stream = streams.get(channel);
        if (stream == null) {
            return Optional.empty();
        }
        expire(stream, now);
        return stream.dropped() ? Optional.empty() : Optional.of(stream);
    }

    /// Numbers a publication and keeps it. Under the channel's lock; [#trim] is due afterwards, without it.
    Publication append(Stream stream, Publication publication, PublishOptions options, long now) {
        long historyEnds = Deadline.after(now, options.historyTtl());
        Publication numbered = stream.append(publication, historyEnds, options);
        bytes.addAndGet(Stream.footprint(numbered));
        while (stream.size() > options.historySize()) {
            bytes.addAndGet(-Stream.footprint(stream.removeOldest()));
        }
        byDeadline.offer(stream.byDeadline, stream.deadline());
        byUseWithPublications.offer(stream.byUseWithPublications, now);
        return numbered;
    }

    /// Drops the publications of a stream. Under the channel's lock.
    void clear(Stream stream) {
        bytes.addAndGet(-stream.footprint());
        stream.clear();
        byUseWithPublications.remove(stream.byUseWithPublications);
    }

    /// Goes back below the bounds. Under no channel's lock, since it takes those of its victims.
    void trim() {
        if (bytes.get() <= maxBytes && count.get() <= maxStreams) {
            return;
        }
        trimming.lock();
        try {
            if (bytes.get() > maxBytes) {
                trimPublications(maxBytes - maxBytes / SLACK_FRACTION);
            }
            trimStreams();
        } finally {
            trimming.unlock();
        }
    }

    private void trimPublications(long target) {
        while (bytes.get() > target) {
            Optional<LazyQueue.Taken<Stream>> taken = byUseWithPublications.poll(Long.MAX_VALUE);
            if (taken.isEmpty()) {
                return;
            }
            Stream stream = taken.get().item();
            ReentrantLock lock = locks.of(stream.channel());
            lock.lock();
            try {
                // Used since it was filed: not the least recent one, only filed anew.
                boolean victim = stream.lastUse() <= taken.get().key();
                while (victim && !stream.isEmpty() && bytes.get() > target) {
                    bytes.addAndGet(-Stream.footprint(stream.removeOldest()));
                }
                if (!stream.isEmpty()) {
                    byUseWithPublications.offer(stream.byUseWithPublications, stream.lastUse());
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void trimStreams() {
        while (count.get() > maxStreams) {
            Optional<LazyQueue.Taken<Stream>> taken = byUse.poll(Long.MAX_VALUE);
            if (taken.isEmpty()) {
                return;
            }
            Stream stream = taken.get().item();
            ReentrantLock lock = locks.of(stream.channel());
            lock.lock();
            try {
                if (stream.dropped()) {
                    continue;
                }
                if (stream.lastUse() > taken.get().key()) {
                    byUse.offer(stream.byUse, stream.lastUse());
                } else {
                    drop(stream);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /// Frees the memory of what has expired. Under no channel's lock.
    void sweep(long now) {
        Optional<LazyQueue.Taken<Stream>> taken = byDeadline.poll(now);
        while (taken.isPresent()) {
            Stream stream = taken.get().item();
            ReentrantLock lock = locks.of(stream.channel());
            lock.lock();
            try {
                expire(stream, now);
                if (!stream.dropped()) {
                    byDeadline.offer(stream.byDeadline, stream.deadline());
                }
            } finally {
                lock.unlock();
            }
            taken = byDeadline.poll(now);
        }
    }

    private void expire(Stream stream, long now) {
        if (stream.dropped()) {
            return;
        }
        if (stream.metaEnded(now)) {
            drop(stream);
        } else if (stream.historyEnded(now)) {
            clear(stream);
        }
    }

    private void drop(Stream stream) {
        clear(stream);
        stream.drop();
        streams.remove(stream.channel());
        count.decrementAndGet();
        byDeadline.remove(stream.byDeadline);
        byUse.remove(stream.byUse);
    }

    long bytes() {
        return bytes.get();
    }

    int count() {
        return count.get();
    }
}
