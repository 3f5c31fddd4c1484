package dev.heliograph.grafana;

/// One expression of a panel.
///
/// @param expression PromQL as Grafana gets it, with its variables in it
/// @param legend     what a series is called, as in `{{node}}`
public record Query(String expression, String legend) {

    private static final String JOB = "job=~\"$job\"";
    private static final String JOB_AND_INSTANCE = JOB + ",instance=~\"$instance\"";

    /// An expression in which `@` stands for what the variables of the dashboard select, and `@job` for that of series
    /// that are about all instances: `rate(heliograph_commands_total{@}[$__rate_interval])`.
    public static Query of(String expression, String legend) {
        return new Query(expression.replace("@job", JOB).replace("@", JOB_AND_INSTANCE), legend);
    }
}
