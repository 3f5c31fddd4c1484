package dev.heliograph.server.control.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.server.control.AuditEntry;
import dev.heliograph.server.control.AuditPage;
import dev.heliograph.server.control.AuditQuery;
import dev.heliograph.server.control.ControlException;
import dev.heliograph.server.control.ControlJson;
import dev.heliograph.server.control.ControlStore;
import dev.heliograph.server.control.Edit;
import dev.heliograph.server.control.EncodedEdit;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What operators decide, in a database on disk that is this node's alone. A commit is on disk when it returns.
/// The database is H2, its file `control.mv.db`; its schema is that of the scripts beside [Migrations].
public final class SqlStore implements ControlStore {

    /// Commits whose deletions are known.
    static final int REMEMBERED = 1_000;

    /// Documents are forgotten so long after they expired: other clocks may be behind.
    private static final Duration GRACE = Duration.ofMinutes(1);

    /// Rows that a commit deletes besides what it is for, so that it is never kept for long.
    private static final int SWEEP = 1_000;

    private static final int AUDIT_SECONDS = 10;

    private static final String LINES =
            "SELECT id, at, operator, role, origin, action, target, reason, was, became," + " outcome FROM audit";

    private final Database database;
    private final Clock clock;
    private final Duration retention;

    /// Of the last commit: nobody else writes.
    private final AtomicLong revision;

    private SqlStore(Database database, Clock clock, Duration retention) {
        this.database = database;
        this.clock = clock;
        this.retention = retention;
        this.revision = new AtomicLong(database.readAtOnce(connection -> state(connection).revision));
    }

    /// Opens the store of a directory, which is made if it is not there.
    ///
    /// @param retention how long lines of the audit record are kept
    /// @throws ControlException if another relay has it, it cannot be read, or a newer relay wrote it; nothing
    ///         is
    ///                          changed then
    public static SqlStore open(Path directory, Clock clock, Duration retention) {
        return opened(Database.open(directory), clock, retention);
    }

    /// Makes a store that is gone when it is closed.
    public static SqlStore inMemory(Clock clock, Duration retention) {
        return opened(Database.inMemory(), clock, retention);
    }

    private static SqlStore opened(Database database, Clock clock, Duration retention) {
        try {
            return new SqlStore(database, clock, retention);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private record State(long revision, long floor) {}

    private static State state(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT revision, floor FROM state")) {
            if (!row.next()) {
                throw new SQLException("the control store has lost its state");
            }
            return new State(row.getLong(1), row.getLong(2));
        }
    }

    @Override
    public long revision() {
        return revision.get();
    }

    @Override
    public Snapshot snapshot() {
        return database.readAtOnce(connection -> new Snapshot(state(connection).revision, documents(connection, 0)));
    }

    @Override
    public Optional<Snapshot> changesSince(long since) {
        return database.readAtOnce(connection -> {
            State state = state(connection);
            if (since < state.floor || since > state.revision) {
                return Optional.empty();
            }
            List<Stored> changes = documents(connection, since);
            changes.addAll(deletions(connection, since));
            changes.sort((a, b) -> Long.compare(a.revision(), b.revision()));
            return Optional.of(new Snapshot(state.revision, changes));
        });
    }

    private static List<Stored> documents(Connection connection, long since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT type, id, json, revision, expires_at FROM document WHERE revision > ? ORDER BY revision")) {
            select.setLong(1, since);
            List<Stored> documents = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    documents.add(new Stored(
                            rows.getString(1),
                            rows.getString(2),
                            Bytes.utf8(rows.getString(3)),
                            rows.getLong(4),
                            rows.getLong(5)));
                }
            }
            return documents;
        }
    }

    private static List<Stored> deletions(Connection connection, long since) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT type, id, revision FROM deletion WHERE revision > ?")) {
            select.setLong(1, since);
            List<Stored> deletions = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    deletions.add(new Stored(rows.getString(1), rows.getString(2), null, rows.getLong(3), 0));
                }
            }
            return deletions;
        }
    }

    @Override
    public long commit(List<? extends Edit<?>> edits, Optional<AuditEntry> entry) {
        List<EncodedEdit> encoded = EncodedEdit.all(edits);
        long made = database.write(connection -> {
            long now = clock.millis();
            requireExpected(connection, encoded, now);
            long next = state(connection).revision + 1;
            apply(connection, encoded, next, now);
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE state SET revision = ?, floor = GREATEST(floor, ?)")) {
                update.setLong(1, next);
                update.setLong(2, next - REMEMBERED);
                update.executeUpdate();
            }
            sweep(connection, "DELETE FROM deletion WHERE revision <= ?", next - REMEMBERED);
            sweep(connection, "DELETE FROM document WHERE expires_at > 0 AND expires_at < ?", now - GRACE.toMillis());
            if (entry.isPresent()) {
                add(connection, entry.get(), now);
            }
            return next;
        });
        // Of two commits at once, the later one may be here first.
        revision.accumulateAndGet(made, Math::max);
        return made;
    }

    private static void requireExpected(Connection connection, List<EncodedEdit> edits, long now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT revision FROM document WHERE type = ? AND id = ? AND (expires_at = 0 OR expires_at > ?)")) {
            for (EncodedEdit edit : edits) {
                if (edit.expected() != Edit.ANY) {
                    select.setString(1, edit.type());
                    select.setString(2, edit.id());
                    select.setLong(3, now);
                    try (ResultSet row = select.executeQuery()) {
                        edit.require(row.next() ? row.getLong(1) : 0);
                    }
                }
            }
        }
    }

    /// What has expired already is deleted: it must not be swept away before anybody heard of it.
    private static void apply(Connection connection, List<EncodedEdit> edits, long next, long now) throws SQLException {
        List<EncodedEdit> puts = new ArrayList<>();
        List<EncodedEdit> deletions = new ArrayList<>();
        for (EncodedEdit edit : edits) {
            boolean gone = edit.isDeletion() || (edit.expiresAt() != 0 && edit.expiresAt() <= now);
            (gone ? deletions : puts).add(edit);
        }
        put(connection, puts, next);
        forget(connection, puts);
        List<EncodedEdit> deleted = delete(connection, deletions);
        remember(connection, deleted, next);
    }

    private static void put(Connection connection, List<EncodedEdit> edits, long next) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(
                "MERGE INTO document (type, id, json, revision, expires_at) KEY (type, id) VALUES (?, ?, ?, ?, ?)")) {
            for (EncodedEdit edit : edits) {
                name(put, edit);
                put.setString(3, edit.json().text());
                put.setLong(4, next);
                put.setLong(5, edit.expiresAt());
                put.executeUpdate();
            }
        }
    }

    /// @return what was there
    private static List<EncodedEdit> delete(Connection connection, List<EncodedEdit> edits) throws SQLException {
        List<EncodedEdit> deleted = new ArrayList<>();
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM document WHERE type = ? AND id = ?")) {
            for (EncodedEdit edit : edits) {
                name(delete, edit);
                if (delete.executeUpdate() > 0) {
                    deleted.add(edit);
                }
            }
        }
        return deleted;
    }

    /// Notes down what is not there any more.
    private static void remember(Connection connection, List<EncodedEdit> deleted, long next) throws SQLException {
        try (PreparedStatement remember = connection.prepareStatement(
                "MERGE INTO deletion (type, id, revision) KEY (type, id) VALUES (?, ?, ?)")) {
            for (EncodedEdit edit : deleted) {
                name(remember, edit);
                remember.setLong(3, next);
                remember.executeUpdate();
            }
        }
    }

    /// Forgets the deletion of what is there again.
    private static void forget(Connection connection, List<EncodedEdit> puts) throws SQLException {
        try (Statement any = connection.createStatement();
                ResultSet rows = any.executeQuery("SELECT 1 FROM deletion FETCH FIRST 1 ROW ONLY")) {
            if (!rows.next()) {
                return;
            }
        }
        try (PreparedStatement forget = connection.prepareStatement("DELETE FROM deletion WHERE type = ? AND id = ?")) {
            for (EncodedEdit edit : puts) {
                name(forget, edit);
                forget.executeUpdate();
            }
        }
    }

    private static void name(PreparedStatement statement, EncodedEdit edit) throws SQLException {
        statement.setString(1, edit.type());
        statement.setString(2, edit.id());
    }

    private static void sweep(Connection connection, String delete, long until) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(delete + " FETCH FIRST " + SWEEP + " ROWS ONLY")) {
            statement.setLong(1, until);
            statement.executeUpdate();
        }
    }

    // ---- the record ----

    @Override
    public void record(AuditEntry entry) {
        database.write(connection -> {
            add(connection, entry, clock.millis());
            return entry;
        });
    }

    private void add(Connection connection, AuditEntry given, long now) throws SQLException {
        AuditEntry entry = ControlJson.bounded(given);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO audit (at, operator, role, origin, action, target, reason, was, became, outcome)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, entry.at());
            insert.setString(2, entry.operator());
            insert.setString(3, entry.role());
            insert.setString(4, entry.from());
            insert.setString(5, entry.action());
            insert.setString(6, entry.target());
            insert.setString(7, entry.reason());
            insert.setString(8, text(entry.before()));
            insert.setString(9, text(entry.after()));
            insert.setString(10, entry.outcome());
            insert.executeUpdate();
        }
        sweep(connection, "DELETE FROM audit WHERE at < ?", now - retention.toMillis());
    }

    private static @Nullable String text(@Nullable JsonNode json) {
        return json == null ? null : json.toString();
    }

    @Override
    public AuditPage audit(AuditQuery query) {
        List<Object> values = new ArrayList<>();
        String select = select(query, values);
        return database.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(select)) {
                statement.setQueryTimeout(AUDIT_SECONDS);
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                List<AuditEntry> entries = new ArrayList<>();
                boolean more = false;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next() && !more) {
                        if (entries.size() == query.limit()) {
                            more = true;
                        } else {
                            entries.add(entry(rows));
                        }
                    }
                }
                return new AuditPage(entries, more);
            }
        });
    }

    private String select(AuditQuery query, List<Object> values) {
        List<String> conditions = new ArrayList<>();
        conditions.add("at >= ?");
        values.add(Math.max(query.from(), clock.millis() - retention.toMillis()));
        if (query.to() != 0) {
            conditions.add("at < ?");
            values.add(query.to());
        }
        if (!query.operator().isEmpty()) {
            conditions.add("operator = ?");
            values.add(query.operator());
        }
        if (!query.action().isEmpty()) {
            conditions.add("action = ?");
            values.add(query.action());
        }
        if (!query.text().isEmpty()) {
            conditions.add("(LOCATE(?, LOWER(target)) > 0 OR LOCATE(?, LOWER(reason)) > 0)");
            values.add(query.text().toLowerCase(Locale.ROOT));
            values.add(query.text().toLowerCase(Locale.ROOT));
        }
        if (!query.after().isEmpty()) {
            conditions.add("id < ?");
            values.add(number(query.after()));
        }
        return LINES + " WHERE " + String.join(" AND ", conditions) + " ORDER BY id DESC FETCH FIRST "
                + (query.limit() + 1) + " ROWS ONLY";
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + id + "' is not the id of a line", e);
        }
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                json(row.getString(9)),
                json(row.getString(10)),
                row.getString(11));
    }

    private static @Nullable JsonNode json(@Nullable String text) throws SQLException {
        if (text == null) {
            return null;
        }
        try {
            return ControlJson.read(Bytes.utf8(text), JsonNode.class);
        } catch (IOException e) {
            throw new SQLException("a line of the record is not JSON", e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
