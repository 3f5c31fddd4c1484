package dev.heliograph.server.control.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.server.redis.Partitions;

/// Names of keys, all of one partition: a script may use them together, wherever that is.
final class Keys {

    /// That everything is in.
    static final int PARTITION = Partitions.of("control");

    private final byte[] tag;

    /// A hash: `r` the revision, `f` since which all changes are known, `i` the server's process.
    final byte[] meta;

    /// A hash of `type:id` -> `revision:expires:json`.
    final byte[] documents;

    /// A sorted set of `type:id` by when it expires.
    final byte[] expiries;

    /// A stream: which documents were written at which revision.
    final byte[] log;

    /// A stream: the audit record.
    final byte[] record;

    /// @param prefix in front of every name; keeps applications that share a Redis apart
    Keys(String prefix) {
        this.tag = Partitions.tagged(prefix, PARTITION);
        this.meta = name("ctl:m");
        this.documents = name("ctl:d");
        this.expiries = name("ctl:x");
        this.log = name("ctl:l");
        this.record = name("ctl:a");
    }

    /// Edits of one large commit that wait for it to be made.
    byte[] staged(String commit) {
        return name("ctl:s:" + commit);
    }

    private byte[] name(String rest) {
        byte[] tail = rest.getBytes(UTF_8);
        byte[] name = new byte[tag.length + tail.length];
        System.arraycopy(tag, 0, name, 0, tag.length);
        System.arraycopy(tail, 0, name, tag.length, tail.length);
        return name;
    }
}
