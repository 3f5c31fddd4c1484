package dev.heliograph.server.api;

import dev.heliograph.server.session.Services;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// What a node tells of itself.
///
/// @param uid random for each start
record NodeInfo(String uid, String name, Instant started) {

    /// A node that starts now.
    static NodeInfo now(String name, Instant now) {
        return new NodeInfo(UUID.randomUUID().toString(), name, now);
    }

    Results.Node describe(Services services) {
        return new Results.Node(
                uid,
                name,
                services.version(),
                services.sessions().clientCount(),
                services.sessions().userCount(),
                services.hub().channelCount(),
                services.hub().subscriptionCount(),
                Duration.between(started, services.clock().instant()).toSeconds(),
                new Results.Process(cpu(), rss()));
    }

    /// Load of this process, in percent of one processor.
    private static double cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? Math.max(0, os.getProcessCpuLoad()) * 100 * os.getAvailableProcessors()
                : 0;
    }

    /// Resident bytes, where the system tells; else the heap in use.
    private static long rss() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
                }
            }
        } catch (IOException | NumberFormatException _) {
            // Not Linux.
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
