package dev.heliograph.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps what operators decide, and the audit record. The port behind [Control]: on disk for one node, in Redis for a
/// cluster. Durable: when a commit returns, a restart does not lose it. Threadsafe.
public interface ControlStore extends AutoCloseable {

    /// A document as the store sees it.
    ///
    /// @param body null if the document is not there any more
    record Stored(String type, String id, @Nullable JsonNode body, long revision, long expiresAt) {}

    /// All documents at a revision.
    record Snapshot(long revision, List<Stored> documents) {}

    /// The revision of the last commit; 0 if there was none. Cheap: asked every second by each node.
    long revision();

    Snapshot snapshot();

    /// What was written after a revision, in the order of the commits; a document that was written several times may
    /// come once, as it is now. Empty if the store does not know any more.
    Optional<List<Stored>> changesSince(long revision);

    /// Makes all changes or none, and records it in the same step.
    ///
    /// @return the new revision, with which the changed documents are marked
    /// @throws ConflictException if a document has not the expected revision
    /// @throws ControlException  if it could not be written, or it is not known whether it was
    long commit(List<? extends Edit<?>> edits, AuditEntry entry);

    /// Records something that changed no document.
    void record(AuditEntry entry);

    AuditPage audit(AuditQuery query);

    @Override
    void close();
}
