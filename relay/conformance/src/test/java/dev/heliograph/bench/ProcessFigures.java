package dev.heliograph.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What the kernel says about a process that is measured.
public final class ProcessFigures {

    /// Clock ticks a second in /proc (sysconf(_SC_CLK_TCK); 100 on every Linux of today).
    private static final double TICKS = 100;

    private ProcessFigures() {}

    /// CPU seconds used so far, user and system.
    public static double cpuSeconds(long pid) {
        // Fields are counted behind the command's name, which may hold spaces.
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    /// Resident bytes.
    public static long rss(long pid) {
        return status(pid, "VmRSS:") * 1_024;
    }

    /// Threads of the system.
    public static int threads(long pid) {
        return (int) status(pid, "Threads:");
    }

    /// Open files and sockets.
    public static int descriptors(long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long status(long pid, String name) {
        for (String line : read(pid, "status").split("\n")) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IllegalStateException("no " + name);
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
