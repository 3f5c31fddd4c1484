package dev.heliograph.console.runbook;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a check can measure; each is a number.
public enum Measure {
    /// `connections(QUERY)`: how many match.
    CONNECTIONS(1, 1, true),
    /// `largest_group(BY)` or `largest_group(BY; QUERY)`: connections of the largest group.
    LARGEST_GROUP(1, 2, true),
    /// `nodes()`: nodes that are there.
    NODES(0, 0, false),
    /// `draining_nodes()`: nodes that take no clients.
    DRAINING_NODES(0, 0, false),
    /// `node_connections(NODE)`: clients of a node; none if it is not there.
    NODE_CONNECTIONS(1, 1, false),
    /// `cpu()`: of the busiest node, in percent of its processors.
    CPU(0, 0, false),
    /// `ip_rules(CIDR)`: 1 if this very network has a rule, else 0.
    IP_RULES(1, 1, false),
    /// `user_bans(USER)`: 1 if this user is banned, else 0.
    USER_BANS(1, 1, false),
    /// `alerts(NAME)`: how many alerts of that name fire; needs an Alertmanager.
    ALERTS(1, 1, false);

    private final int fewest;
    private final int most;
    private final boolean query;

    Measure(int fewest, int most, boolean query) {
        this.fewest = fewest;
        this.most = most;
        this.query = query;
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

    /// Whether its last argument is of the query language.
    public boolean takesQuery() {
        return query;
    }
}
