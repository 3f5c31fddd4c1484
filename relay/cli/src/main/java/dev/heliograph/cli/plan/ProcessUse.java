package dev.heliograph.cli.plan;

import dev.heliograph.cli.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What Linux says that a process uses.
final class ProcessUse {

    /// Clock ticks a second in /proc: sysconf(_SC_CLK_TCK), which is 100 on every Linux of today.
    private static final double TICKS = 100;

    private static final int KIBIBYTE = 1_024;

    private ProcessUse() {}

    /// Whether this system has /proc.
    static boolean isThere() {
        return Files.isReadable(Path.of("/proc/self/stat")) && Files.isReadable(Path.of("/proc/self/status"));
    }

    /// CPU seconds so far, user and system, in steps of 10 ms.
    static double cpuSeconds(long pid) {
        String stat = read("/proc/" + pid + "/stat");
        // Counted from behind the name, which may have spaces and parentheses; these are fields 14 and 15.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /// Resident bytes.
    static long rssBytes(long pid) {
        return read("/proc/" + pid + "/status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
                .findFirst()
                .orElseThrow(() -> new Failure("process " + pid + " has ended"));
    }

    /// Bytes that it has written so far, to files and to sockets.
    static long writtenBytes(long pid) {
        return io(pid, "wchar:");
    }

    /// Calls of write and writev so far, to files and to sockets; a thread that wakes up another one may write, too.
    static long writes(long pid) {
        return io(pid, "syscw:");
    }

    private static long io(long pid, String key) {
        return read("/proc/" + pid + "/io")
                .lines()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new Failure("process " + pid + " has ended"));
    }

    /// Open files, sockets among them.
    static long openFiles(long pid) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.count();
        } catch (IOException | UncheckedIOException e) {
            throw new Failure("/proc/" + pid + "/fd: can not be read: the process has ended", e);
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new Failure(file + ": can not be read: the process has ended", e);
        }
    }
}
