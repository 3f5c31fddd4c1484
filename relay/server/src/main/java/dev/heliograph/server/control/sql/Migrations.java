package dev.heliograph.server.control.sql;

import dev.heliograph.server.control.ControlException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.api.logging.LogLevel;

/// Brings the database's schema to the version of this program.
final class Migrations {

    /// The last of the scripts beside this class.
    static final int NEWEST = 1;

    private static final String HISTORY = "flyway_schema_history";

    private Migrations() {}

    /// Runs what is missing. Flyway is loaded only if something is: it takes as long as all else that a relay
    /// does when it starts.
    ///
    /// @throws ControlException if a newer program has written it
    /// @throws SQLException     if it is no such database
    static void run(Connection connection, DataSource database) throws SQLException {
        int version = version(connection);
        if (version > NEWEST) {
            throw new ControlException("it is of version %d, written by a newer relay; this one knows version %d"
                    .formatted(version, NEWEST));
        }
        if (version < NEWEST) {
            // It tells each step.
            LogFactory.setLogLevel(LogLevel.WARN);
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:dev/heliograph/server/control/sql")
                    .table(HISTORY)
                    .load()
                    .migrate();
        }
    }

    /// The version of the schema; 0 if there is none.
    private static int version(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, HISTORY, null)) {
            if (!tables.next()) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT MAX(CAST(\"version\" AS INT)) FROM \"" + HISTORY + "\" WHERE \"success\"")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
