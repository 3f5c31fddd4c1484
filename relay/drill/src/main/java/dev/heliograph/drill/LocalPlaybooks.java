package dev.heliograph.drill;

import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.cluster.Playbooks;
import dev.heliograph.runbook.run.Change;
import dev.heliograph.testkit.RedisSentinels;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What playbooks do to hosts, done to the processes of a drill's cluster: there are no hosts that Ansible
/// could reach.
final class LocalPlaybooks implements Playbooks {

    private final DrillCluster cluster;
    private final Faults fault;

    LocalPlaybooks(DrillCluster cluster, Faults fault) {
        this.cluster = cluster;
        this.fault = fault;
    }

    @Override
    public Change propose(Map<String, String> arguments) {
        String playbook = arguments.getOrDefault("playbook", "");
        String host = arguments.getOrDefault("limit", arguments.getOrDefault("node", ""));
        return switch (playbook) {
            case "site" ->
                change(
                        "Bring " + (host.isEmpty() ? "all hosts" : host) + " to what the inventory says",
                        () -> site(host));
            case "rolling_restart" -> change("Restart " + host, () -> restart(host));
            case "support_bundle" -> change("Gather the files of " + host, () -> {});
            case "redis_failover" -> change("Have a replica take over", this::failover);
            case "rotate_certs" -> change("Renew the certificates", fault::heal);
            default -> throw new RunbookException("There is no playbook '" + playbook + "' in a drill's cluster.");
        };
    }

    /// Starts what does not run.
    private void site(String host) {
        if (host.startsWith("relay-")) {
            if (!cluster.relay(host).isRunning()) {
                cluster.relay(host).restart();
            }
        } else {
            fault.heal();
        }
    }

    private void restart(String host) {
        cluster.relay(host).kill();
        cluster.relay(host).restart();
    }

    private void failover() {
        cluster.sentinels().ifPresentOrElse(RedisSentinels::failover, fault::heal);
    }

    private static Change change(String title, Runnable work) {
        return new Change() {
            @Override
            public String title() {
                return title;
            }

            @Override
            public List<String> effects() {
                return List.of();
            }

            @Override
            public Done make(String reason) {
                try {
                    work.run();
                } catch (IllegalStateException | UncheckedIOException | DrillException e) {
                    throw new RunbookException(title + " failed: " + e.getMessage());
                }
                return new Done(title + ": done", Optional.empty());
            }
        };
    }
}
