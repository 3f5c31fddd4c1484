package dev.heliograph.server.control;

import dev.heliograph.protocol.Bytes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps what operators decide, and the audit record. The port behind [Control]: on disk for one node, in Redis
/// for a cluster. Durable: when a commit returns, a restart does not lose it. Threadsafe.
public interface ControlStore extends AutoCloseable {

    /// A document as the store sees it.
    ///
    /// @param json null if the document is not there any more
    record Stored(String type, String id, @Nullable Bytes json, long revision, long expiresAt) {}

    /// What the store has seen up to a revision.
    record Snapshot(long revision, List<Stored> documents) {}

    /// The revision of the last commit; 0 if there was none. Cheap: asked twice a second by each node.
    long revision();

    /// All documents. Some may have expired: the store forgets these only later.
    Snapshot snapshot();

    /// What was written after a revision and up to the one that it tells, in the order of the commits; a
    /// document that was written several times may come once, as it is now. Empty if the store does not know
    /// that revision (any more), or a [#snapshot] is the cheaper way.
    Optional<Snapshot> changesSince(long revision);

    /// Makes all changes or none, and records it in the same step, if there is a line for it. A document that has
    /// expired is taken for one
    /// that is not there.
    ///
    /// @param edits of different documents, within the bounds of [EncodedEdit]
    /// @return the new revision, with which the changed documents are marked
    /// @throws ConflictException        if a document has not the expected revision
    /// @throws ControlException         if it could not be written, or it is not known whether it was
    /// @throws IllegalArgumentException if there are no edits, or they are out of bounds
    long commit(List<? extends Edit<?>> edits, Optional<AuditEntry> entry);

    /// As above, with a line of the record.
    default long commit(List<? extends Edit<?>> edits, AuditEntry entry) {
        return commit(edits, Optional.of(entry));
    }

    /// Records something that changed no document.
    void record(AuditEntry entry);

    /// Reads a page of the record.
    ///
    /// @throws IllegalArgumentException if the line to begin after is none of this store's
    /// @throws ControlException         if it cannot be read, or takes too long
    AuditPage audit(AuditQuery query);

    @Override
    void close();
}
