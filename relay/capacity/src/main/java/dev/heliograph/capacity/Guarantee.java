package dev.heliograph.capacity;

/// What is promised to a client that was away. All but the first keep a history, in Redis if there is more
/// than one relay.
public enum Guarantee {
    BEST_EFFORT,
    AT_LEAST_ONCE,
    /// A history, and an idempotency key with each publication.
    EFFECTIVELY_ONCE;

    /// Whether publications are stored.
    public boolean keepsHistory() {
        return this != BEST_EFFORT;
    }

    /// `at-least-once`, as in JSON.
    public String key() {
        return Tree.text(this);
    }
}
