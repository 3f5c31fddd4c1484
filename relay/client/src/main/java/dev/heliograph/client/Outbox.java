package dev.heliograph.client;

import dev.heliograph.protocol.Codec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// Commands on their way out. What is added while a frame is being written goes into the next one together, so a burst
/// costs few frames, and a reconnect one; a frame is kept within what the server takes. On the engine's thread only.
final class Outbox {

    /// Hears what became of a command.
    @FunctionalInterface
    interface Written {
        void written(boolean ok);
    }

    /// For commands whose reply will tell.
    static final Written UNHEARD = _ -> {};

    private record Item(byte[] command, Written written) {}

    /// Some commands, joined.
    record Frame(byte[] bytes, List<Written> commands) {
        void written(boolean ok) {
            commands.forEach(each -> each.written(ok));
        }
    }

    /// One byte stands between two commands of a frame in JSON.
    private static final int DELIMITER = 1;

    private final Codec codec;
    private final int maxFrameBytes;
    private final Queue<Item> waiting = new ArrayDeque<>();

    Outbox(Codec codec, int maxFrameBytes) {
        this.codec = codec;
        this.maxFrameBytes = maxFrameBytes;
    }

    void add(byte[] command, Written written) {
        waiting.add(new Item(command, written));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// As many of the waiting commands as one frame holds, and always the first.
    Frame nextFrame() {
        List<byte[]> commands = new ArrayList<>();
        List<Written> hearers = new ArrayList<>();
        int bytes = 0;
        for (Item next = waiting.peek(); next != null; next = waiting.peek()) {
            bytes += next.command().length + DELIMITER;
            if (!commands.isEmpty() && (bytes > maxFrameBytes || commands.size() == Codec.Limits.MAX_MESSAGES)) {
                break;
            }
            waiting.remove();
            commands.add(next.command());
            hearers.add(next.written());
        }
        return new Frame(codec.join(commands), hearers);
    }

    /// What waits will not be sent.
    void lose() {
        List<Item> lost = List.copyOf(waiting);
        waiting.clear();
        lost.forEach(each -> each.written().written(false));
    }
}
