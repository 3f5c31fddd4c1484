package dev.heliograph.server.control;

import dev.heliograph.protocol.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// An edit as stores keep it. A commit has at most [#MAX_EDITS] of them and [#MAX_BYTES] of documents, each with at
/// most [#MAX_DOCUMENT]: so much can be committed in one step without holding up others that share the store.
///
/// @param json     the document; empty for a deletion
/// @param expected as in [Edit#expected]
public record EncodedEdit(String type, String id, Bytes json, long expiresAt, long expected) {

    /// As many as rules that one would import at once.
    public static final int MAX_EDITS = 100_000;

    public static final int MAX_BYTES = 64 << 20;
    public static final int MAX_DOCUMENT = 256 << 10;
    public static final int MAX_ID = 512;

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private record Name(String type, String id) {}

    public boolean isDeletion() {
        return json.isEmpty();
    }

    /// Encodes the edits of a commit.
    ///
    /// @throws IllegalArgumentException if they are none, out of bounds, or two are of one document
    public static List<EncodedEdit> all(List<? extends Edit<?>> edits) {
        if (edits.isEmpty() || edits.size() > MAX_EDITS) {
            throw new IllegalArgumentException("a commit has 1 to %d edits, not %d".formatted(MAX_EDITS, edits.size()));
        }
        List<EncodedEdit> all = new ArrayList<>(edits.size());
        Set<Name> names = HashSet.newHashSet(edits.size());
        long bytes = 0;
        for (Edit<?> edit : edits) {
            EncodedEdit encoded = of(edit);
            if (!names.add(new Name(encoded.type, encoded.id))) {
                throw new IllegalArgumentException(encoded.name() + " is edited twice in one commit");
            }
            bytes += encoded.json.length();
            all.add(encoded);
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("a commit of %d bytes is larger than %d".formatted(bytes, MAX_BYTES));
        }
        return all;
    }

    private static EncodedEdit of(Edit<?> edit) {
        String type = edit.type().name();
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("'" + type + "' is not the name of a type");
        }
        if (edit.id().isEmpty() || edit.id().length() > MAX_ID) {
            throw new IllegalArgumentException("the id of a " + type + " has 1 to " + MAX_ID + " characters, not "
                    + edit.id().length());
        }
        EncodedEdit encoded = switch (edit) {
            case Edit.Put<?> put ->
                new EncodedEdit(type, put.id(), ControlJson.write(put.body()), put.expiresAt(), put.expected());
            case Edit.Delete<?> delete -> new EncodedEdit(type, delete.id(), Bytes.EMPTY, 0, delete.expected());
        };
        if (encoded.json.length() > MAX_DOCUMENT) {
            throw new IllegalArgumentException(
                    "%s has %d bytes, more than %d".formatted(encoded.name(), encoded.json.length(), MAX_DOCUMENT));
        }
        return encoded;
    }

    private String name() {
        return type + " '" + id + "'";
    }

    /// Tells whether the document is what the edit takes it for.
    ///
    /// @param revision of the document; 0 if it is not there
    /// @throws ConflictException if it is not
    public void require(long revision) {
        if (expected != Edit.ANY && expected != revision) {
            throw conflict(type, id, revision);
        }
    }

    /// For a document that is not what an edit took it for.
    ///
    /// @param revision of the document; 0 if it is not there
    public static ConflictException conflict(String type, String id, long revision) {
        return new ConflictException(
                "%s '%s' %s".formatted(type, id, revision == 0 ? "is not there" : "is there, at revision " + revision));
    }
}
