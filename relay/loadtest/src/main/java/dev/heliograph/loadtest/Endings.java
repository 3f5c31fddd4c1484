package dev.heliograph.loadtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/// How connections of one kind of client ended, by cause. Not threadsafe.
final class Endings {

    private final Map<String, Long> refused = new TreeMap<>();
    private final Map<String, Long> closed = new TreeMap<>();
    private final Map<String, Long> cut = new TreeMap<>();
    private long rejected;

    void add(End end) {
        switch (end) {
            case End.Refused(String cause, boolean admitted) -> {
                refused.merge(cause, 1L, Long::sum);
                rejected += admitted ? 0 : 1;
            }
            case End.Closed(int code) -> closed.merge(Integer.toString(code), 1L, Long::sum);
            case End.Cut(String cause) -> cut.merge(cause, 1L, Long::sum);
        }
    }

    long failedHandshakes() {
        return sum(refused);
    }

    /// Of the failed handshakes those that a relay refused with the wish to wait.
    long rejected() {
        return rejected;
    }

    long abrupt() {
        return sum(cut);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    void write(ObjectNode node) {
        node.put("failed_handshakes", failedHandshakes()).put("admission_rejects", rejected);
        write(node.putObject("failed_handshakes_by_cause"), refused);
        node.put("abrupt", abrupt());
        write(node.putObject("abrupt_by_cause"), cut);
        node.put("closed", sum(closed));
        write(node.putObject("closed_by_code"), closed);
    }

    static void write(ObjectNode node, Map<String, Long> counts) {
        counts.forEach(node::put);
    }
}
