package dev.heliograph.server.operations;

import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.session.Services;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What this node says of itself.
public final class ThisNode implements Supplier<Node> {

    private final String id = UUID.randomUUID().toString();
    private final Services services;
    private final long started;
    private volatile String address = "";
    private volatile BooleanSupplier draining = () -> false;
    private volatile LongSupplier accepted = () -> 0;
    private volatile LongSupplier refused = () -> 0;
    private volatile Supplier<Node.Traffic> traffic = () -> Node.Traffic.UNKNOWN;

    /// A node that starts now.
    public ThisNode(Services services) {
        this.services = services;
        this.started = services.clock().millis();
    }

    /// Tells on which port it listens, once it does.
    public void listening(int port) {
        RelayConfig config = services.config();
        String configured = config.node().address();
        String host = config.httpServer().address().isEmpty()
                ? config.node().name()
                : config.httpServer().address();
        address = configured.isEmpty() ? host + ":" + port : configured;
    }

    /// Tells what its heartbeats say of new clients.
    ///
    /// @param draining whether they are to go elsewhere
    /// @param accepted handshakes since the start
    /// @param refused  those that could not be taken
    public void admitting(BooleanSupplier draining, LongSupplier accepted, LongSupplier refused) {
        this.draining = draining;
        this.accepted = accepted;
        this.refused = refused;
    }

    /// Tells what its heartbeats say of what goes through the node.
    public void carrying(Supplier<Node.Traffic> through) {
        traffic = through;
    }

    @Override
    public Node get() {
        RelayConfig.NodeConfig node = services.config().node();
        return new Node(
                id,
                node.name(),
                address,
                services.version(),
                node.colour(),
                started,
                draining.getAsBoolean(),
                new Node.Load(
                        services.sessions().clientCount(),
                        services.sessions().userCount(),
                        services.hub().channelCount(),
                        services.hub().subscriptionCount(),
                        cpu(),
                        Runtime.getRuntime().availableProcessors(),
                        rss(),
                        accepted.getAsLong(),
                        refused.getAsLong(),
                        traffic.get()));
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
