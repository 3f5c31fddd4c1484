package dev.heliograph.server.control;

import dev.heliograph.server.control.sql.SqlStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// A process that commits one document after the other, and tells after each, until it is killed.
final class CommittingProcess {

    private CommittingProcess() {}

    public static void main(String[] arguments) {
        try (ControlStore store =
                SqlStore.open(Path.of(arguments[0]), Clock.systemUTC(), ControlStoreContract.RETENTION)) {
            for (int i = 1; i < 100_000; i++) {
                store.commit(List.of(Note.put("" + i, "x")), Note.line("ann", "" + i));
                System.out.println(i);
                System.out.flush();
            }
        }
    }
}
