package dev.heliograph.server.control.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.server.control.ControlException;
import dev.heliograph.server.control.ControlStore.Stored;
import dev.heliograph.server.control.EncodedEdit;
import org.jspecify.annotations.Nullable;

/// How documents and edits are written in Redis.
final class Formats {

    private Formats() {}

    /// `type:id`; no type has a colon.
    static byte[] key(EncodedEdit edit) {
        return (edit.type() + ":" + edit.id()).getBytes(UTF_8);
    }

    /// `expected:expires:json`, without json for a deletion.
    static byte[] edit(EncodedEdit edit) {
        byte[] head = (edit.expected() + ":" + edit.expiresAt() + ":").getBytes(UTF_8);
        byte[] json = edit.json().array();
        byte[] all = new byte[head.length + json.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(json, 0, all, head.length, json.length);
        return all;
    }

    /// Reads a key and its `revision:expires:json`.
    ///
    /// @throws ControlException if they are none
    static Stored document(byte[] key, byte[] document) {
        int afterRevision = colon(document, 0) + 1;
        int afterExpires = colon(document, afterRevision) + 1;
        return named(
                key,
                Bytes.copyOf(document, afterExpires, document.length - afterExpires),
                number(document, 0, afterRevision - 1),
                number(document, afterRevision, afterExpires - 1));
    }

    /// A document that is not there any more.
    static Stored deletion(byte[] key, long revision) {
        return named(key, null, revision, 0);
    }

    private static Stored named(byte[] key, @Nullable Bytes json, long revision, long expiresAt) {
        int colon = colon(key, 0);
        return new Stored(
                new String(key, 0, colon, UTF_8),
                new String(key, colon + 1, key.length - colon - 1, UTF_8),
                json,
                revision,
                expiresAt);
    }

    private static long number(byte[] text, int from, int to) {
        try {
            return Long.parseLong(new String(text, from, to - from, UTF_8));
        } catch (NumberFormatException e) {
            throw new ControlException("redis has a document that is none", e);
        }
    }

    private static int colon(byte[] text, int from) {
        for (int i = from; i < text.length; i++) {
            if (text[i] == ':') {
                return i;
            }
        }
        throw new ControlException("redis has a document that is none");
    }
}
