package dev.heliograph.fleet;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the autoscaler is told in `fleet.yaml`; [FleetFile] reads it.
///
/// @param hosts     that can be relays, as the inventory names them
/// @param program   `ansible-playbook`, or where it is
/// @param textfile  in the folder of the node exporter's textfile collector
/// @param state     keeps when the relays changed last
public record FleetConfig(
        URI prometheus,
        Path playbooks,
        Path inventory,
        String program,
        List<String> hosts,
        int min,
        int max,
        long targetConnections,
        double targetCpu,
        double maxCpu,
        Duration cooldownOut,
        Duration cooldownIn,
        Duration interval,
        Path textfile,
        Path state,
        Optional<Webhook> webhook) {

    /// Where Alertmanager sends alerts to.
    ///
    /// @param tokenFile has what it must show, and nothing else
    public record Webhook(String address, int port, Path tokenFile) {

        InetSocketAddress socket() {
            return new InetSocketAddress(address, port);
        }
    }

    public FleetConfig {
        hosts = List.copyOf(hosts);
    }

    public FleetPolicy policy() {
        return new FleetPolicy(hosts, min, max, targetConnections, targetCpu, maxCpu, cooldownOut, cooldownIn);
    }
}
