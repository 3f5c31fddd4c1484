package dev.heliograph.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
        for (String line : read(pid, "status").split("\n")) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
            }
        }
        throw new IllegalStateException("no VmRSS");
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
