package dev.heliograph.server.broker;

import dev.heliograph.protocol.ClientInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Who is in which channel. A channel without members costs nothing. Threadsafe.
///
/// It has locks of its own: reading the members of a large channel must not hold up its publishers.
final class Presences {

    private final ChannelLocks locks = new ChannelLocks();
    private final ConcurrentHashMap<String, Members> channels = new ConcurrentHashMap<>();
    private final LazyQueue<Members> byDeadline = new LazyQueue<>();

    void add(String channel, ClientInfo info, long ends) {
        ReentrantLock lock = locks.of(channel);
        lock.lock();
        try {
            Members members = channels.computeIfAbsent(channel, Members::new);
            members.put(info, ends);
            byDeadline.offer(members.byDeadline, members.deadline());
        } finally {
            lock.unlock();
        }
    }

    void remove(String channel, String client) {
        ReentrantLock lock = locks.of(channel);
        lock.lock();
        try {
            Members members = channels.get(channel);
            if (members != null) {
                members.remove(client);
                dropIfEmpty(members);
            }
        } finally {
            lock.unlock();
        }
    }

    Map<String, ClientInfo> members(String channel, long now) {
        return read(channel, now, Members::infos).orElse(Map.of());
    }

    PresenceCount count(String channel, long now) {
        return read(channel, now, Members::count).orElse(new PresenceCount(0, 0));
    }

    private <T> Optional<T> read(String channel, long now, Function<Members, T> reading) {
        ReentrantLock lock = locks.of(channel);
        lock.lock();
        try {
            Members members = channels.get(channel);
            if (members == null) {
                return Optional.empty();
            }
            members.expire(now);
            dropIfEmpty(members);
            return Optional.of(reading.apply(members));
        } finally {
            lock.unlock();
        }
    }

    /// Frees the memory of members that were not refreshed in time.
    void sweep(long now) {
        Optional<LazyQueue.Taken<Members>> taken = byDeadline.poll(now);
        while (taken.isPresent()) {
            Members members = taken.get().item();
            ReentrantLock lock = locks.of(members.channel());
            lock.lock();
            try {
                members.expire(now);
                if (members.isEmpty()) {
                    dropIfEmpty(members);
                } else {
                    byDeadline.offer(members.byDeadline, members.deadline());
                }
            } finally {
                lock.unlock();
            }
            taken = byDeadline.poll(now);
        }
    }

    private void dropIfEmpty(Members members) {
        if (members.isEmpty()) {
            channels.remove(members.channel(), members);
            byDeadline.remove(members.byDeadline);
        }
    }

    /// The number of channels that have members.
    int count() {
        return channels.size();
    }
}
