package dev.heliograph.server.control;

/// Hears what documents of a type there are: first all, then each change, in the order of the commits and never
/// two at once. Must not block for long: a commit is acknowledged when every node's listeners have returned.
public interface DocumentListener<T> {

    /// A document is new or has changed.
    void put(Document<T> document);

    /// A document was deleted or has expired.
    void removed(String id);
}
