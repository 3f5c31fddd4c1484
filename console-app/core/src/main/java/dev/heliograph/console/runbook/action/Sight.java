package dev.heliograph.console.runbook.action;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.runbook.Check;
import dev.heliograph.console.runbook.RunbookException;
import dev.heliograph.console.runbook.Template;
import dev.heliograph.console.runbook.Values;
import dev.heliograph.console.wire.GroupRow;
import dev.heliograph.console.wire.NodeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// Measures what checks ask for. Each method blocks. Threadsafe.
public final class Sight {

    private static final int RULES_PAGE = 1_000;

    private final AdminApi api;
    private final Optional<ToLongFunction<String>> firing;

    /// @param firing how many alerts of a name fire; empty without an Alertmanager
    public Sight(AdminApi api, Optional<ToLongFunction<String>> firing) {
        this.api = api;
        this.firing = firing;
    }

    /// What a check says now. It throws nothing: what could not be measured is in the result.
    public CheckResult look(Check check, Values values) {
        try {
            double limit = Double.parseDouble(check.limit().fill(values));
            double measured = measure(check, values);
            return new CheckResult(
                    check.comparison().test(measured, limit) ? CheckResult.Verdict.HOLDS : CheckResult.Verdict.FAILS,
                    measured,
                    "");
        } catch (RunbookException e) {
            return new CheckResult(CheckResult.Verdict.UNKNOWN, 0, e.sentence());
        } catch (AdminException e) {
            return new CheckResult(CheckResult.Verdict.UNKNOWN, 0, e.sentence());
        }
    }

    private double measure(Check check, Values values) {
        List<String> arguments = arguments(check, values);
        return switch (check.measure()) {
            case CONNECTIONS ->
                api.connections(arguments.getFirst(), 1, Optional.empty()).matched();
            case LARGEST_GROUP ->
                api
                        .groups(arguments.getFirst(), arguments.size() > 1 ? arguments.get(1) : "", "connections", 1)
                        .groups()
                        .stream()
                        .mapToLong(GroupRow::connections)
                        .max()
                        .orElse(0);
            case NODES -> api.nodes().nodes().size();
            case DRAINING_NODES ->
                api.nodes().nodes().stream().filter(NodeRow::draining).count();
            case NODE_CONNECTIONS ->
                api.nodes().nodes().stream()
                        .filter(node -> node.name().equals(arguments.getFirst())
                                || node.id().equals(arguments.getFirst()))
                        .mapToLong(NodeRow::clients)
                        .sum();
            case CPU ->
                api.nodes().nodes().stream()
                        .mapToDouble(node -> node.cpu() / Math.max(1, node.processors()))
                        .max()
                        .orElse(0);
            case IP_RULES ->
                api.ipRules(arguments.getFirst(), Optional.empty(), RULES_PAGE).rules().stream()
                        .filter(rule -> rule.cidr().equals(arguments.getFirst()))
                        .count();
            case USER_BANS ->
                api.userBans(arguments.getFirst(), Optional.empty(), RULES_PAGE).bans().stream()
                        .filter(ban -> ban.user().equals(arguments.getFirst()))
                        .count();
            case ALERTS ->
                firing.orElseThrow(() -> new RunbookException("No Alertmanager is connected."))
                        .applyAsLong(arguments.getFirst());
        };
    }

    private static List<String> arguments(Check check, Values values) {
        List<String> filled = new ArrayList<>();
        List<Template> arguments = check.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            boolean query = check.measure().takesQuery() && i == arguments.size() - 1;
            filled.add(
                    query
                            ? arguments.get(i).fillQuery(values)
                            : arguments.get(i).fill(values));
        }
        return filled;
    }
}
