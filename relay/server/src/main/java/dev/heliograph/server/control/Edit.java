package dev.heliograph.server.control;

/// A change to one document, as part of a commit.
public sealed interface Edit<T> {

    /// What [#expected] is where the document may be there or not.
    long ANY = -1;

    DocumentType<T> type();

    String id();

    /// The revision that the document must have, or the commit fails; 0 if it must not be there; [#ANY] for no
    /// such condition.
    long expected();

    /// Writes a document.
    ///
    /// @param expiresAt in Unix milliseconds; 0 for never
    record Put<T>(DocumentType<T> type, String id, T body, long expiresAt, long expected) implements Edit<T> {}

    /// Deletes a document; nothing happens if there is none.
    record Delete<T>(DocumentType<T> type, String id, long expected) implements Edit<T> {}
}
