package dev.heliograph.capacity;

import java.util.Locale;

/// Variables of the roles in `ansible/roles`, each under the reason for it: for `group_vars/all`, beside what
/// `heliograph init` writes there.
final class AnsibleVariables {

    /// The default of haproxy_maxconn.
    private static final int BALANCER_DEFAULT = 50_000;

    private AnsibleVariables() {}

    static String of(Plan plan) {
        StringBuilder text = new StringBuilder("---\n# Made by `heliograph plan`: ")
                .append(plan.answer())
                .append("\n# ")
                .append(plan.reason())
                .append("\n# From figures of: ")
                .append(Columns.safe(plan.calibration()))
                .append('\n');
        Demand demand = plan.demand();
        double all = demand.connections() * demand.growth();
        text.append("# `relays` wants ").append(plan.nodes()).append(plan.nodes() == 1 ? " host" : " hosts");
        plan.redis().ifPresent(redis -> text.append(", `redis` ").append(redis.hosts()));
        text.append(".\n");
        variable(
                text,
                "relay_connection_limit",
                plan.limits().connectionLimit(),
                "twice the share of a relay, so that it bends before it breaks");
        variable(text, "relay_max_open_files", plan.limits().openFiles(), "one for each connection, and plenty more");
        variable(
                text,
                "haproxy_admitted_rate",
                plan.limits().admittedRate(),
                "new connections a second of a load balancer: what the relays take beside the load when one is lost");
        variable(
                text,
                "haproxy_maxconn",
                (long) Math.max(BALANCER_DEFAULT, Math.ceil(all * 1.25)),
                "each load balancer can carry all clients, and a quarter more");
        plan.redis().ifPresent(redis -> redis(text, plan, redis));
        variable(text, "fleet_controller_min", plan.nodes(), "what this load needs, with what may be lost");
        variable(
                text,
                "fleet_controller_target_connections",
                (long) Math.ceil(plan.ordinary().connections()),
                "the share of a relay; with more than that another one is wanted");
        text.append("# that is what was planned with\n")
                .append(String.format(Locale.ROOT, "fleet_controller_target_cpu: %.2f%n", demand.targetUtilisation()));
        return text.toString();
    }

    private static void redis(StringBuilder text, Plan plan, RedisPlan redis) {
        variable(
                text,
                "redis_maxmemory",
                plan.limits().redisMaxMemoryMb() + "mb",
                "twice what histories and presence of a shard take");
        if (redis.shards() > 1) {
            text.append("# The role redis makes one shard; this load wants ")
                    .append(redis.shards())
                    .append(": docs/cluster.md says how relays use several.\n");
        }
    }

    private static void variable(StringBuilder text, String name, Object value, String why) {
        text.append("# ")
                .append(why)
                .append('\n')
                .append(name)
                .append(": ")
                .append(value)
                .append('\n');
    }
}
