package dev.heliograph.server.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The other nodes of a cluster, by what they said last and when. Threadsafe.
final class Members {

    private record Heard(Node node, long at) {}

    private final Duration silence;
    private final LongSupplier nanoTime;
    private final Map<String, Heard> heard = new HashMap<>();
    private final Duration echo;

    /// When this node heard itself last, and since when it has without a break: while it does not, it can not
    /// tell whether others are silent.
    private long echoAt;

    private long hearingSince;

    /// @param silence after which a node has vanished
    /// @param echo    how far apart this node hears itself at most when all is well
    Members(Duration silence, Duration echo, LongSupplier nanoTime) {
        this.silence = silence;
        this.echo = echo;
        this.nanoTime = nanoTime;
        this.echoAt = nanoTime.getAsLong() - echo.toNanos() - 1;
    }

    /// This node has heard its own heartbeat.
    synchronized void echoed() {
        long now = nanoTime.getAsLong();
        if (now - echoAt > echo.toNanos()) {
            hearingSince = now;
        }
        echoAt = now;
    }

    /// @return whether it is a new one
    synchronized boolean heard(Node node) {
        return heard.put(node.id(), new Heard(node, nanoTime.getAsLong())) == null;
    }

    synchronized Optional<Node> remove(String id) {
        return Optional.ofNullable(heard.remove(id)).map(Heard::node);
    }

    synchronized List<Node> all() {
        return heard.values().stream().map(Heard::node).toList();
    }

    /// Forgets those that were silent for too long while this node could hear.
    ///
    /// @return these
    synchronized Collection<Node> expire() {
        long now = nanoTime.getAsLong();
        if (now - echoAt > echo.toNanos() || now - hearingSince <= silence.toNanos()) {
            return List.of();
        }
        List<Node> gone = heard.values().stream()
                .filter(each -> now - each.at > silence.toNanos())
                .map(Heard::node)
                .toList();
        gone.forEach(node -> heard.remove(node.id()));
        return gone;
    }
}
