package dev.heliograph.server.control;

/// A document of tests, and what is done with them.
record Note(String text) {

    static final DocumentType<Note> TYPE = new DocumentType<>("note", Note.class);

    static Edit<Note> put(String id, String text) {
        return put(id, text, 0, Edit.ANY);
    }

    static Edit<Note> put(String id, String text, long expiresAt, long expected) {
        return new Edit.Put<>(TYPE, id, new Note(text), expiresAt, expected);
    }

    static Edit<Note> delete(String id) {
        return new Edit.Delete<>(TYPE, id, Edit.ANY);
    }

    /// A line of the record that says who and what, now.
    static AuditEntry line(String operator, String target) {
        return line(System.currentTimeMillis(), operator, "note.put", target, "");
    }

    static AuditEntry line(long at, String operator, String action, String target, String reason) {
        return new AuditEntry("", at, operator, "admin", "10.0.0.1", action, target, reason, null, null, "ok");
    }

    static AuditQuery all(int limit) {
        return new AuditQuery(0, 0, "", "", "", "", limit);
    }
}
