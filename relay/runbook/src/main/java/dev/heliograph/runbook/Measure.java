package dev.heliograph.runbook;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a check can measure; each is a number.
public enum Measure {
    /// `connections(QUERY)`: how many match.
    CONNECTIONS(1, 1, Language.QUERY),
    /// `largest_group(BY)` or `largest_group(BY; QUERY)`: connections of the largest group.
    LARGEST_GROUP(1, 2, Language.QUERY),
    /// `nodes()`: nodes that are there.
    NODES(0, 0, Language.DATA),
    /// `draining_nodes()`: nodes that take no clients.
    DRAINING_NODES(0, 0, Language.DATA),
    /// `node_connections(NODE)`: clients of a node; none if it is not there.
    NODE_CONNECTIONS(1, 1, Language.DATA),
    /// `cpu()`: of the busiest node, in percent of its processors.
    CPU(0, 0, Language.DATA),
    /// `ip_rules(CIDR)`: 1 if this very network has a rule, else 0.
    IP_RULES(1, 1, Language.DATA),
    /// `user_bans(USER)`: 1 if this user is banned, else 0.
    USER_BANS(1, 1, Language.DATA),
    /// `revocations(ID)`: 1 if there is this revocation, else 0.
    REVOCATIONS(1, 1, Language.DATA),
    /// `alerts(NAME)`: how many alerts of that name fire; needs an Alertmanager.
    ALERTS(1, 1, Language.DATA),
    /// `limit_rules(NAME)`: 1 if there is a limit of this name, else 0.
    LIMIT_RULES(1, 1, Language.DATA),
    /// `node_draining(NODE)`: 1 if this node takes no clients, else 0.
    NODE_DRAINING(1, 1, Language.DATA),
    /// `prometheus(QUERY)`: the value of a PromQL query, the largest if there are several; needs a Prometheus.
    PROMETHEUS(1, 1, Language.PROMQL);

    private final int fewest;
    private final int most;
    private final Language last;

    Measure(int fewest, int most, Language last) {
        this.fewest = fewest;
        this.most = most;
        this.last = last;
    }

    /// The word for it in a runbook.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Measure> of(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    int fewest() {
        return fewest;
    }

    int most() {
        return most;
    }

    /// What an argument is written in, the first being 0: the last that there may be can be of a language.
    public Language language(int argument) {
        return argument == most - 1 ? last : Language.DATA;
    }
}
