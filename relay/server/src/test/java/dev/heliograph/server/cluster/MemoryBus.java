package dev.heliograph.server.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Buses of one process that hear each other, with faults. Threadsafe.
public final class MemoryBus implements Bus {

    /// What connects them.
    public static final class Wire {
        private final List<MemoryBus> all = new CopyOnWriteArrayList<>();

        public MemoryBus bus() {
            return new MemoryBus(this);
        }
    }

    private final Wire wire;
    private volatile String node = "";
    private volatile @Nullable Listener listener;

    /// Nothing comes and nothing goes, without a word.
    public volatile boolean cut;

    /// Sending fails.
    public volatile boolean broken;

    /// Everything is sent twice.
    public volatile boolean twice;

    private MemoryBus(Wire wire) {
        this.wire = wire;
    }

    @Override
    public void start(String id, Listener newListener) {
        node = id;
        listener = newListener;
        wire.all.add(this);
    }

    @Override
    public void toAll(byte[] message) {
        send(message, wire.all);
    }

    @Override
    public void to(String id, byte[] message) {
        send(message, wire.all.stream().filter(each -> each.node.equals(id)).toList());
    }

    private void send(byte[] message, List<MemoryBus> receivers) {
        if (broken) {
            throw new ClusterException("broken");
        }
        for (int i = 0; i < (twice ? 2 : 1); i++) {
            receivers.forEach(each -> each.hear(message, this));
        }
    }

    private void hear(byte[] message, MemoryBus sender) {
        Listener ear = listener;
        if (ear != null && !cut && !sender.cut) {
            ear.onMessage(message);
        }
    }

    @Override
    public void close() {
        wire.all.remove(this);
    }
}
