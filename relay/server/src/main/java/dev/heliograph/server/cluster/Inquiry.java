package dev.heliograph.server.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One question on its way: whose answer is outstanding, and what came so far. Threadsafe.
final class Inquiry<A> {

    private final Class<A> type;
    private final Map<String, Node> outstanding = new HashMap<>();
    private final Map<String, A> answers = new HashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Node> vanished = new ArrayList<>();
    private final CompletableFuture<Void> complete = new CompletableFuture<>();

    /// @param nodes those that must answer
    Inquiry(Class<A> type, List<Node> nodes) {
        this.type = type;
        nodes.forEach(node -> outstanding.put(node.id(), node));
        settle();
    }

    /// The answer of this node itself.
    synchronized void own(String id, A answer) {
        answers.put(id, answer);
    }

    synchronized void answered(Message.Answer answer) {
        Node node = outstanding.remove(answer.from());
        if (node == null) {
            // It came twice, or from one that is not waited for.
            return;
        }
        if (answer.body() == null) {
            failures.add(node.name() + ": " + answer.error());
        } else {
            try {
                answers.put(node.id(), Message.JSON.treeToValue(answer.body(), type));
            } catch (JsonProcessingException e) {
                failures.add(node.name() + ": " + e.getOriginalMessage());
            }
        }
        settle();
    }

    /// @param orderly whether it said that it ends
    synchronized void gone(Node node, boolean orderly) {
        if (outstanding.remove(node.id()) != null) {
            if (!orderly) {
                vanished.add(node);
            }
            settle();
        }
    }

    synchronized void failed(String reason) {
        failures.add(reason);
        outstanding.clear();
        settle();
    }

    private void settle() {
        if (outstanding.isEmpty()) {
            complete.complete(null);
        }
    }

    Answers<A> await(Duration timeout) {
        try {
            complete.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            // Those that are outstanding are told below.
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it so", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", e);
        }
        synchronized (this) {
            outstanding.values().forEach(node -> failures.add(node.name() + " does not answer"));
            outstanding.clear();
            return new Answers<>(answers, failures, vanished);
        }
    }
}
