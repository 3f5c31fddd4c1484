package dev.heliograph.capacity;

import dev.heliograph.capacity.Plan.Cost;
import dev.heliograph.capacity.Plan.Limits;
import dev.heliograph.capacity.Plan.Ordinary;
import dev.heliograph.capacity.Plan.Storms;
import dev.heliograph.capacity.Plan.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Fills in a plan when the number of relays is known.
final class PlanMaker {

    /// Days of drains and storms are no plan: where a number is for a configuration, it is at least so much.
    private static final int LEAST_ADMITTED = 10;

    private static final int LEAST_OPEN_FILES = 65_536;
    private static final double MEGABYTE = 1024.0 * 1024;

    private final CapacityModel model;
    private final Demand demand;
    private final int survivors;
    private final int nodes;
    private final boolean shared;

    PlanMaker(CapacityModel model, Demand demand, int survivors, int nodes) {
        this.model = model;
        this.demand = demand;
        this.survivors = survivors;
        this.nodes = nodes;
        this.shared = nodes > 1;
    }

    Plan plan() {
        NodeLoad left = model.load(demand, survivors, shared);
        NodeLoad ordinary = model.load(demand, nodes, shared);
        Optional<RedisPlan> redis =
                shared ? Optional.of(RedisPlan.of(demand, model.redis(), nodes, ordinary)) : Optional.empty();
        List<Resource> resources = new ArrayList<>(model.resources(demand, left));
        redis.ifPresent(each -> resources.addAll(each.resources(demand)));
        Resource binding = Plan.mostUsed(resources);
        double allowed = ordinary.meanWaitAllowed();
        Storms storms = storms(redis);
        Cost cost = cost(redis, ordinary);
        return new Plan(
                answer(cost, redis),
                demand,
                model.calibration().words(),
                nodes,
                survivors,
                demand.deliveries(),
                resources,
                binding.name(),
                reason(binding),
                new Totals(
                        ordinary.cpu(allowed) * nodes,
                        ordinary.memory() * nodes / Assumed.GIB,
                        ordinary.outMbit() * nodes,
                        ordinary.inMbit() * nodes),
                new Ordinary(ordinary.connections(), ordinary.deliveries(), ordinary.busyShare(), ordinary.p99Ms()),
                redis,
                storms,
                limits(ordinary, storms, redis),
                cost,
                Uncertainty.of(model, demand, shared, left.batch(left.meanWaitAllowed())));
    }

    private String answer(Cost cost, Optional<RedisPlan> redis) {
        String relays = nodes == 1 ? "1 relay" : nodes + " relays";
        String spare = demand.failures() == 0
                ? ", none of which may be lost,"
                : ", of which " + demand.failures() + " may be lost,";
        String with = redis.map(each -> " and Redis in "
                        + (each.shards() == 1 ? "1 shard" : each.shards() + " shards") + " on " + each.hosts()
                        + (each.hosts() == 1 ? " host" : " hosts"))
                .orElse("");
        return relays + (nodes == 1 ? ", which may not be lost," : spare) + " of " + demand.cores() + " cores and "
                + Check.number(demand.memoryGib()) + " GiB" + with + ": " + money(cost.monthly()) + " a month.";
    }

    private String reason(Resource binding) {
        String of = percent(binding.ofAllowed()) + " of what it may use";
        String who = binding.name().startsWith("redis")
                ? "a Redis shard"
                : demand.failures() == 0
                        ? "a relay"
                        : survivors == 1
                                ? "the one relay that is left"
                                : "each of the " + survivors + " relays that are left";
        return switch (binding.name()) {
            case "latency" ->
                "Latency binds: the p99 of " + who + " is expected at " + percent(binding.ofAllowed()) + " of the "
                        + Check.number(demand.latencyMs()) + " ms that are asked for.";
            case "memory", "heap", "redis memory" ->
                capital(binding.name()) + " binds: " + who + " has " + of + ", which is " + amount(binding) + ".";
            case "open files" -> "Open files bind: " + who + " has " + of + ".";
            default ->
                capital(binding.name()) + " binds: " + who + " is at " + of + ", which is " + percent(binding.limit())
                        + " of " + Check.number(binding.capacity()) + " " + binding.unit() + ".";
        };
    }

    private static String amount(Resource resource) {
        return percent(resource.limit()) + " of " + Check.number(resource.capacity()) + " " + resource.unit();
    }

    private static String capital(String name) {
        return name.startsWith("redis")
                ? "R" + name.substring(1)
                : name.equals("cpu") ? "CPU" : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    static String money(double amount) {
        return String.format(Locale.ROOT, "$%,.0f", amount);
    }

    private Storms storms(Optional<RedisPlan> redis) {
        double all = demand.allConnections();
        int rest = Math.max(1, nodes - 1);
        double after = connects(rest, redis);
        return new Storms(
                nodes == 1 ? all / connects(1, redis) : all / nodes / after,
                all / connects(nodes, redis),
                after,
                all / nodes / demand.drainPace());
    }

    /// Connects a second for which there are processors beside the load; with a history each asks Redis for
    /// what it missed.
    private double connects(int relays, Optional<RedisPlan> redis) {
        NodeLoad load = model.load(demand, relays, shared);
        double spare = Assumed.STORM_UTILISATION * demand.cores() - load.cpu(load.meanWaitAllowed());
        double rate = Math.max(0, spare)
                * relays
                * 1e6
                / model.measured().connection().connectCpuUs();
        if (redis.isEmpty() || !demand.guarantee().keepsHistory()) {
            return rate;
        }
        double left =
                redis.get().shards() * Assumed.STORM_UTILISATION - redis.get().cpuCores();
        return Math.min(rate, Math.max(0, left) * 1e6 / model.redis().redisHistoryCpuUs());
    }

    private Limits limits(NodeLoad ordinary, Storms storms, Optional<RedisPlan> redis) {
        double limit = 2 * Math.ceil(ordinary.connections());
        // Each load balancer is told; all of them together are to stay below what the relays take.
        double admitted = storms.connectsPerS() / (nodes == 1 ? 1 : Assumed.BALANCERS);
        return new Limits(
                (int) Math.min(limit, Integer.MAX_VALUE),
                (int) Math.max(LEAST_OPEN_FILES, Math.min(2 * limit, Assumed.OPEN_FILES)),
                (int) Math.max(LEAST_ADMITTED, Math.min(admitted, 1_000_000)),
                redis.map(each -> (int)
                                Math.ceil(Math.max(512, 2 * each.memoryGib() / each.shards() * Assumed.GIB / MEGABYTE)))
                        .orElse(0));
    }

    private Cost cost(Optional<RedisPlan> redis, NodeLoad ordinary) {
        int balancers = nodes == 1 ? 0 : demand.failures() == 0 ? 1 : Assumed.BALANCERS;
        int hosts = redis.map(RedisPlan::hosts).orElse(0);
        double traffic = ordinary.outMbit() * nodes / 8 / 1e3 * 3_600 * Assumed.MONTH_HOURS * demand.pricePerGb();
        double price = demand.price();
        return new Cost(
                (nodes + hosts + balancers) * price + traffic,
                nodes + hosts + balancers,
                nodes * price,
                hosts * price,
                balancers * price,
                traffic);
    }
}
