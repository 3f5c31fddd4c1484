package dev.heliograph.server.control.redis;

import dev.heliograph.server.config.ControlConfig;
import dev.heliograph.server.config.RedisConfig;
import dev.heliograph.server.control.AuditEntry;
import dev.heliograph.server.control.AuditPage;
import dev.heliograph.server.control.AuditQuery;
import dev.heliograph.server.control.ControlException;
import dev.heliograph.server.control.ControlJson;
import dev.heliograph.server.control.ControlStore;
import dev.heliograph.server.control.Edit;
import dev.heliograph.server.control.EncodedEdit;
import dev.heliograph.server.redis.RedisAccess;
import dev.heliograph.server.redis.RedisException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Protocol.Keyword;

/// What operators decide, in the Redis of the broker, for all nodes that share it: on the one server, of several,
/// that has the partition of [Keys]. It uses connections of its own.
///
/// A commit is one script, so it is made as a whole, with its line of the record if it has one, or not at all. The
/// edits of a
/// large one are brought there first, in parts, so that nothing keeps the server for longer than the script
/// itself: that of 100,000 edits. When a commit returns, it is as safe as a publication with history: see
/// `broker.redis.wait_replicas` and `appendfsync`.
public final class RedisStore implements ControlStore {

    /// Entries of the log of changes, each of a commit and up to 250 documents.
    private static final int LOG_ENTRIES = 1_000;

    /// Changes that [#changesSince] tells: with more, it is gentler to read all documents in parts.
    static final int MAX_CHANGES = 5_000;

    /// Edits, and bytes of them, that go with one command.
    private static final int PART_EDITS = 500;

    private static final int PART_BYTES = 1 << 20;

    /// How long a commit may take to be brought there.
    private static final long STAGED_MILLIS = 60_000;

    /// Documents of one reply.
    private static final int SCAN = 1_000;

    /// How often reading all documents begins anew if too many of them change meanwhile.
    private static final int SNAPSHOTS = 10;

    private final Keys keys;
    private final int waitReplicas;
    private final int auditMaxEntries;
    private final long auditRetention;
    private final RedisAccess access;
    private final AuditReader audit;
    private volatile boolean closed;

    /// Connects in the background; until then calls fail.
    public RedisStore(RedisConfig redis, ControlConfig control) {
        this.keys = new Keys(redis.prefix());
        this.waitReplicas = redis.waitReplicas();
        this.auditMaxEntries = control.auditMaxEntries();
        this.auditRetention = control.auditRetention().toMillis();
        this.access = new RedisAccess(redis, "heliograph-control-store", new Tenure(keys), new Deaf());
        this.audit = new AuditReader(this::call, keys.record, control.auditRetention());
    }

    @Override
    public long revision() {
        Object revision = call(new CommandArguments(Command.HGET).key(keys.meta).add("r"));
        return revision == null ? 0 : Replies.number(revision);
    }

    /// Reads in parts, so as not to hold up others, and then what has changed meanwhile.
    @Override
    public Snapshot snapshot() {
        for (int i = 0; i < SNAPSHOTS; i++) {
            long before = revision();
            Map<Name, Stored> documents = scan();
            Optional<Snapshot> changes = changesSince(before);
            if (changes.isPresent()) {
                for (Stored change : changes.get().documents()) {
                    Name name = new Name(change.type(), change.id());
                    if (change.json() == null) {
                        documents.remove(name);
                    } else {
                        documents.put(name, change);
                    }
                }
                List<Stored> inOrder = new ArrayList<>(documents.values());
                inOrder.sort((a, b) -> Long.compare(a.revision(), b.revision()));
                return new Snapshot(changes.get().revision(), inOrder);
            }
        }
        throw new ControlException("documents change faster than they can be read");
    }

    private record Name(String type, String id) {}

    private Map<Name, Stored> scan() {
        Map<Name, Stored> documents = new LinkedHashMap<>();
        byte[] cursor = {'0'};
        do {
            List<?> reply = Replies.list(call(new CommandArguments(Command.HSCAN)
                    .key(keys.documents)
                    .add(cursor)
                    .add(Keyword.COUNT)
                    .add(SCAN)));
            cursor = Replies.bytes(reply.get(0));
            List<?> fields = Replies.list(reply.get(1));
            for (int i = 0; i < fields.size(); i += 2) {
                Stored stored = Formats.document(Replies.bytes(fields.get(i)), Replies.bytes(fields.get(i + 1)));
                documents.put(new Name(stored.type(), stored.id()), stored);
            }
        } while (cursor.length != 1 || cursor[0] != '0');
        return documents;
    }

    @Override
    public Optional<Snapshot> changesSince(long revision) {
        List<?> reply = Replies.list(
                call(Scripts.CHANGES.call(new byte[][] {keys.meta, keys.documents, keys.log}, revision, MAX_CHANGES)));
        if (reply.isEmpty()) {
            return Optional.empty();
        }
        List<Stored> changes = new ArrayList<>();
        for (int i = 1; i < reply.size(); i += 3) {
            byte[] key = Replies.bytes(reply.get(i));
            byte[] document = Replies.bytes(reply.get(i + 2));
            changes.add(
                    document.length == 0
                            ? Formats.deletion(key, Replies.number(reply.get(i + 1)))
                            : Formats.document(key, document));
        }
        changes.sort((a, b) -> Long.compare(a.revision(), b.revision()));
        return Optional.of(new Snapshot(Replies.number(reply.get(0)), changes));
    }

    @Override
    public long commit(List<? extends Edit<?>> edits, Optional<AuditEntry> entry) {
        List<byte[]> words = new ArrayList<>();
        long bytes = 0;
        for (EncodedEdit edit : EncodedEdit.all(edits)) {
            words.add(Formats.key(edit));
            words.add(Formats.edit(edit));
            bytes += edit.json().length();
        }
        boolean large = edits.size() > PART_EDITS || bytes > PART_BYTES;
        byte[] staged = keys.staged(UUID.randomUUID().toString());
        if (large) {
            stage(staged, words);
        }
        List<?> reply = run(entry, staged, large, large ? List.of() : words);
        if (reply.size() > 1) {
            Stored found = Formats.deletion(Replies.bytes(reply.get(0)), Replies.number(reply.get(1)));
            throw EncodedEdit.conflict(found.type(), found.id(), found.revision());
        }
        return Replies.number(reply.get(0));
    }

    /// One part after the other: each has its time.
    private void stage(byte[] staged, List<byte[]> words) {
        int from = 0;
        while (from < words.size()) {
            int to = from;
            long bytes = 0;
            while (to < words.size() && to - from < 2 * PART_EDITS && bytes < PART_BYTES) {
                bytes += words.get(to + 1).length;
                to += 2;
            }
            List<Object> arguments = new ArrayList<>();
            arguments.add(STAGED_MILLIS);
            arguments.addAll(words.subList(from, to));
            call(Scripts.STAGE.call(new byte[][] {staged}, arguments.toArray()));
            from = to;
        }
    }

    private List<?> run(Optional<AuditEntry> entry, byte[] staged, boolean large, List<byte[]> words) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(
                entry.map(line -> ControlJson.write(ControlJson.bounded(line)).array())
                        .orElseGet(() -> new byte[0]));
        arguments.add(auditMaxEntries);
        arguments.add(auditRetention);
        arguments.add(LOG_ENTRIES);
        arguments.add(large ? 1 : 0);
        arguments.addAll(words);
        byte[][] names = {keys.meta, keys.documents, keys.expiries, keys.log, keys.record, staged};
        CommandArguments commit = Scripts.COMMIT.call(names, arguments.toArray());
        requireOpen();
        try {
            return Replies.list(access.commands(Keys.PARTITION).call(_ -> commit, waitReplicas));
        } catch (RedisException e) {
            throw new ControlException("it may be committed nevertheless: " + e.getMessage(), e);
        }
    }

    @Override
    public void record(AuditEntry entry) {
        run(Optional.of(entry), keys.staged(""), false, List.of());
    }

    @Override
    public AuditPage audit(AuditQuery query) {
        return audit.page(query);
    }

    private @Nullable Object call(CommandArguments command) {
        requireOpen();
        try {
            return access.commands(Keys.PARTITION).call(command);
        } catch (RedisException e) {
            throw new ControlException(String.valueOf(e.getMessage()), e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ControlException("the control store is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        access.close();
    }
}
