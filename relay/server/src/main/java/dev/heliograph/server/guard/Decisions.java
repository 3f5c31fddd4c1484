package dev.heliograph.server.guard;

import dev.heliograph.server.control.AuditEntry;
import dev.heliograph.server.control.Document;
import dev.heliograph.server.control.DocumentType;
import dev.heliograph.server.control.Edit;
import java.util.List;
import java.util.Optional;

/// What [GuardOperations] needs of `control`: the documents, and commits that are in force on all nodes when they
/// return.
public interface Decisions {

    /// The documents of a type that have not expired, in no order.
    <T> List<Document<T>> all(DocumentType<T> type);

    /// A document that has not expired.
    <T> Optional<Document<T>> find(DocumentType<T> type, String id);

    /// Makes all changes or none, and records it.
    void commit(List<? extends Edit<?>> edits, AuditEntry entry);
}
