package dev.heliograph.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.server.control.ControlStore.Stored;
import dev.heliograph.server.control.sql.SqlStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract on disk, and what becomes of the file.
class SqlStoreTest extends ControlStoreContract {

    @TempDir
    private Path folder;

    private Path directory() {
        return folder.resolve("data");
    }

    private Path file() {
        return directory().resolve("control.mv.db");
    }

    private static SqlStore open(Path directory) {
        return SqlStore.open(directory, Clock.systemUTC(), RETENTION);
    }

    @Override
    ControlStore create() {
        return open(directory());
    }

    @Override
    ControlStore reopen() {
        return open(directory());
    }

    @Test
    void aStoreInMemoryIsGoneWhenItIsClosed() {
        try (ControlStore memory = SqlStore.inMemory(Clock.systemUTC(), RETENTION)) {
            memory.commit(List.of(Note.put("a", "1")), Note.line("ann", "x"));
            assertThat(memory.snapshot().documents()).hasSize(1);
        }
        try (ControlStore memory = SqlStore.inMemory(Clock.systemUTC(), RETENTION)) {
            assertThat(memory.revision()).isZero();
        }
    }

    @Test
    void aSecondStoreOfTheSameDirectoryIsRefused() {
        assertThatThrownBy(() -> open(directory()))
                .isInstanceOf(ControlException.class)
                .hasMessage(
                        "control.directory: '" + directory().toAbsolutePath().normalize()
                                + "' is in use by another relay; set it to a directory of this relay's own");
        // The default is relative to where the relay was started: the message must say where that is.
        Path relative = Path.of("").toAbsolutePath().relativize(directory().toAbsolutePath());
        assertThatThrownBy(() -> open(relative))
                .hasMessageContaining("'" + directory().toAbsolutePath().normalize() + "'");
        store.commit(List.of(Note.put("a", "1")), Note.line("ann", "x"));
        store.close();
        store = open(directory());
        assertThat(store.revision()).isEqualTo(1);
    }

    @Test
    void onlyItsOwnerMayReadTheDirectory() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
    }

    @Test
    void aProcessThatIsKilledLosesNothingThatItHasCommitted() throws Exception {
        store.close();
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommittingProcess.class.getName(),
                        directory().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int committed = 0;
        try (BufferedReader out = process.inputReader()) {
            for (int i = 0; i < 50; i++) {
                committed = Integer.parseInt(out.readLine());
            }
            assertThatThrownBy(() -> open(directory())).hasMessageContaining("in use by another relay");
            // Not Process.destroyForcibly, which closes the pipe.
            process.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                committed = Integer.parseInt(line);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("SIGKILL").isEqualTo(137);

        store = open(directory());
        // One more may be there, whose line did not get through.
        assertThat(store.revision()).isBetween((long) committed, committed + 1L);
        assertThat(store.snapshot().documents())
                .extracting(Stored::id)
                .containsAll(IntStream.rangeClosed(1, committed)
                        .mapToObj(i -> "" + i)
                        .toList());
        assertThat(store.audit(Note.all(1_000)).entries())
                .extracting(AuditEntry::target)
                .containsAll(IntStream.rangeClosed(Math.max(1, committed - 900), committed)
                        .mapToObj(i -> "" + i)
                        .toList());
    }

    @Test
    void aCorruptFileIsRefusedAndLeftAlone() throws IOException {
        for (int i = 0; i < 20; i++) {
            store.commit(List.of(Note.put("a" + i, "x".repeat(10_000))), Note.line("ann", "x"));
        }
        store.close();
        long size = Files.size(file());
        try (FileChannel file = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            byte[] garbage = new byte[(int) size];
            Arrays.fill(garbage, (byte) 'x');
            file.write(ByteBuffer.wrap(garbage), 0);
        }
        assertRefused("cannot be opened, and nothing in it was changed");
    }

    @Test
    void aFileOfSomethingElseIsRefusedAndLeftAlone() throws IOException {
        store.close();
        Files.writeString(file(), "this is no database\n".repeat(1_000));
        assertRefused("cannot be opened, and nothing in it was changed");
    }

    @Test
    void aFileOfANewerRelayIsRefusedAndKept() throws Exception {
        store.commit(List.of(Note.put("a", "1")), Note.line("ann", "x"));
        store.close();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO \"flyway_schema_history\" SELECT 2, '2', 'more', 'SQL', 'V2__more.sql', 1,"
                    + " 'sa', CURRENT_TIMESTAMP, 1, TRUE");
        }
        assertThatThrownBy(() -> open(directory()))
                .isInstanceOf(ControlException.class)
                .hasMessageStartingWith("control.directory: " + file())
                .hasMessageContaining("it is of version 2, written by a newer relay; this one knows version 1");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '2'");
        }
        store = open(directory());
        assertThat(store.snapshot().documents()).hasSize(1);
    }

    private void assertRefused(String reason) throws IOException {
        byte[] before = Files.readAllBytes(file());
        assertThatThrownBy(() -> open(directory()))
                .isInstanceOf(ControlException.class)
                .hasMessageStartingWith("control.directory: " + file())
                .hasMessageContaining(reason);
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        assertThat(directory())
                .isDirectoryNotContaining(path -> !List.of("lock", "control.mv.db")
                        .contains(path.getFileName().toString()));
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection("jdbc:h2:file:" + directory().resolve("control"), "sa", "");
    }

    @Test
    void theSchemaIsThatOfTheScripts() throws Exception {
        store.close();
        List<String> run = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT \"script\" FROM \"flyway_schema_history\" WHERE \"version\" IS NOT NULL")) {
            while (rows.next()) {
                run.add(rows.getString(1));
            }
        }
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/dev/heliograph/server/control/sql"))) {
            assertThat(run)
                    .containsExactlyInAnyOrderElementsOf(
                            scripts.map(path -> path.getFileName().toString()).toList());
        }
    }

    @Test
    void whatExpiredLongAgoIsSweptAway() {
        ManualClock clock = new ManualClock();
        try (ControlStore memory = SqlStore.inMemory(clock, RETENTION)) {
            long soon = clock.millis() + 1_000;
            memory.commit(List.of(Note.put("a", "1", soon, 0), Note.put("b", "1")), Note.line("ann", "x"));
            clock.pass(Duration.ofSeconds(30));
            memory.commit(List.of(Note.put("b", "2")), Note.line("ann", "x"));
            assertThat(memory.snapshot().documents()).hasSize(2);
            clock.pass(Duration.ofSeconds(60));
            memory.commit(List.of(Note.put("b", "3")), Note.line("ann", "x"));
            assertThat(memory.snapshot().documents()).extracting(Stored::id).containsExactly("b");
        }
    }

    @Test
    void theFileDoesNotGrowWithEachCommit() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            store.commit(List.of(Note.put("a", "x".repeat(1_000) + i)), Note.line("ann", "x"));
        }
        assertThat(Files.size(file())).isLessThan(40 << 20);
        store.close();
        assertThat(Files.size(file())).isLessThan(8 << 20);
        store = open(directory());
        assertThat(store.revision()).isEqualTo(3_000);
    }
}
