package dev.heliograph.server.control.sql;

import dev.heliograph.server.control.ControlException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.api.FlywayException;
import org.h2.jdbcx.JdbcDataSource;

/// The database with its file: one connection that writes, and one that reads what is long, so that it keeps no
/// commit waiting.
final class Database implements AutoCloseable {

    /// What is written is on disk before a commit returns; the database alone would write it up to half a second
    /// later.
    private static final String FLUSH = "CHECKPOINT SYNC";

    private final Worker writer;
    private final Worker reader;
    private final Optional<DirectoryLock> lock;

    private Database(Connection writing, Connection reading, Optional<DirectoryLock> lock) {
        this.writer = new Worker("control-store-writer", writing);
        this.reader = new Worker("control-store-reader", reading);
        this.lock = lock;
    }

    /// Opens the database of a directory, which is made if it is not there.
    ///
    /// @throws ControlException if another relay has it, it cannot be read, or a newer relay wrote it; nothing
    ///         is
    ///                          changed then
    static Database open(Path directory) {
        DirectoryLock lock = DirectoryLock.of(directory);
        try {
            return open(
                    "file:" + directory.toAbsolutePath().resolve("control"),
                    directory.resolve("control.mv.db").toString(),
                    Optional.of(lock));
        } catch (ControlException e) {
            lock.close();
            throw e;
        }
    }

    /// Makes one that is gone when it is closed.
    static Database inMemory() {
        return open("mem:" + UUID.randomUUID(), "memory", Optional.empty());
    }

    private static Database open(String url, String name, Optional<DirectoryLock> lock) {
        if (url.indexOf(';') >= 0) {
            throw new ControlException("control.directory: a path must not have a ';': " + name);
        }
        JdbcDataSource source = new JdbcDataSource();
        // It is this class that closes it, and its log would be one more file.
        source.setURL("jdbc:h2:" + url + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
        source.setUser("sa");
        source.setPassword("");
        try {
            Connection writing = source.getConnection();
            try {
                Migrations.run(writing, source);
                writing.setAutoCommit(false);
                return new Database(writing, source.getConnection(), lock);
            } catch (SQLException | RuntimeException e) {
                writing.close();
                throw e;
            }
        } catch (SQLException | ControlException | FlywayException e) {
            throw new ControlException(
                    "control.directory: %s cannot be opened, and nothing in it was changed: %s"
                            .formatted(name, e.getMessage()),
                    e);
        }
    }

    /// Makes changes, all or none. When this returns, a crash of the machine does not lose them.
    ///
    /// @throws ControlException if it fails, or it is not known whether it does
    <T> T write(Worker.Work<T> work) {
        return writer.call(connection -> {
            try {
                T result = work.run(connection);
                connection.commit();
                try (Statement flush = connection.createStatement()) {
                    flush.execute(FLUSH);
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        });
    }

    /// Reads what was written.
    ///
    /// @throws ControlException if it fails
    <T> T read(Worker.Work<T> work) {
        return reader.call(work);
    }

    /// As [#read], between two changes, so that all that it reads is of one moment.
    <T> T readAtOnce(Worker.Work<T> work) {
        return writer.call(connection -> {
            try {
                return work.run(connection);
            } finally {
                connection.rollback();
            }
        });
    }

    @Override
    public void close() {
        try {
            readAtOnce(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute("SHUTDOWN");
                }
            });
        } catch (ControlException _) {
            // It is closed already, or broken.
        } finally {
            reader.close();
            writer.close();
            lock.ifPresent(DirectoryLock::close);
        }
    }
}
