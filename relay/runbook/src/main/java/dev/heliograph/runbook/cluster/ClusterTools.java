package dev.heliograph.runbook.cluster;

import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.Measure;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.run.Change;
import dev.heliograph.runbook.run.Reading;
import dev.heliograph.runbook.run.Tools;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Does steps on a cluster. Threadsafe, as far as what it is made of is.
public final class ClusterTools implements Tools {

    private final Looks looks;
    private final Measures measures;
    private final Changes changes;
    private final Optional<Metrics> metrics;
    private final Optional<FiringAlerts> alerts;
    private final Optional<Playbooks> playbooks;

    /// @param metrics   of a Prometheus; without one steps and checks that need it say so
    /// @param alerts    of an Alertmanager, likewise
    /// @param playbooks what runs them, likewise
    public ClusterTools(
            AdminCalls admin,
            Optional<Metrics> metrics,
            Optional<FiringAlerts> alerts,
            Optional<Playbooks> playbooks,
            Clock clock) {
        this.looks = new Looks(admin, clock);
        this.measures = new Measures(admin);
        this.changes = new Changes(admin, clock);
        this.metrics = metrics;
        this.alerts = alerts;
        this.playbooks = playbooks;
    }

    @Override
    public Reading look(ActionKind kind, Map<String, String> arguments) {
        Arguments given = new Arguments(arguments);
        return switch (kind) {
            case NODE_LIST -> looks.nodes();
            case CONNECTION_LIST -> looks.connections(given);
            case CONNECTION_GROUP -> looks.groups(given);
            case CHANNEL_LIST -> looks.channels(given);
            case IP_RULE_LIST -> looks.ipRules(given);
            case USER_BAN_LIST -> looks.userBans(given);
            case REVOCATION_LIST -> looks.revocations(given);
            case LIMIT_LIST -> looks.limits();
            case DRAIN_LIST -> looks.drains();
            case DISCONNECT_LIST -> looks.disconnects();
            case AUDIT_LIST -> looks.audit(given);
            case PROMETHEUS_QUERY -> metrics().query(given.text("query"));
            case ALERT_LIST ->
                new Reading(
                        List.of("Alert"),
                        alerts().names().stream().map(List::of).toList(),
                        "");
            case PERSON -> new Reading(List.of("To do"), List.of(List.of(given.text("task"))), "");
            case IP_RULE_PUT,
                    IP_RULE_DELETE,
                    USER_BAN_PUT,
                    USER_BAN_DELETE,
                    REVOCATION_PUT,
                    REVOCATION_DELETE,
                    CHANNEL_PUBLISH,
                    LIMIT_PUT,
                    LIMIT_DELETE,
                    CONNECTION_DISCONNECT,
                    DRAIN_START,
                    DRAIN_PAUSE,
                    DRAIN_RESUME,
                    DRAIN_CANCEL,
                    REBALANCE,
                    CONFIG_RELOAD,
                    ANSIBLE_PLAYBOOK -> throw new IllegalArgumentException(kind + " does not only look");
        };
    }

    @Override
    public double measure(Measure measure, List<String> arguments) {
        return switch (measure) {
            case CONNECTIONS -> measures.connections(arguments.getFirst());
            case LARGEST_GROUP ->
                measures.largestGroup(arguments.getFirst(), arguments.size() > 1 ? arguments.get(1) : "");
            case NODES -> measures.nodes(_ -> true);
            case DRAINING_NODES -> measures.nodes(node -> node.path("draining").asBoolean());
            case NODE_CONNECTIONS -> measures.nodeConnections(arguments.getFirst());
            case NODE_DRAINING ->
                measures.nodes(node -> Measures.isCalled(node, arguments.getFirst())
                        && node.path("draining").asBoolean());
            case CPU -> measures.cpu();
            case IP_RULES -> measures.ipRules(arguments.getFirst());
            case USER_BANS -> measures.userBans(arguments.getFirst());
            case REVOCATIONS -> measures.revocations(arguments.getFirst());
            case LIMIT_RULES -> measures.limits(arguments.getFirst());
            case ALERTS ->
                alerts().names().stream().filter(arguments.getFirst()::equals).count();
            case PROMETHEUS -> metrics().value(arguments.getFirst());
        };
    }

    @Override
    public Change propose(ActionKind kind, Map<String, String> arguments, String reason) {
        if (kind == ActionKind.ANSIBLE_PLAYBOOK) {
            return playbooks
                    .orElseThrow(() -> new RunbookException("No playbooks are known here: say where the folder is."))
                    .propose(arguments);
        }
        return changes.propose(kind, arguments, reason);
    }

    private Metrics metrics() {
        return metrics.orElseThrow(() -> new RunbookException("No Prometheus is connected."));
    }

    private FiringAlerts alerts() {
        return alerts.orElseThrow(() -> new RunbookException("No Alertmanager is connected."));
    }
}
