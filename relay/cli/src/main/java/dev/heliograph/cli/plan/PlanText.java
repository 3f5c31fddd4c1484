package dev.heliograph.cli.plan;

import dev.heliograph.capacity.Curve;
import dev.heliograph.capacity.Plan;
import dev.heliograph.capacity.PriceList;
import dev.heliograph.capacity.RedisPlan;
import dev.heliograph.capacity.Resource;
import dev.heliograph.cli.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A plan for a person: the first line is the answer.
///
/// @param out where it goes
record PlanText(PrintWriter out) {

    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;

    void print(Plan plan, List<PriceList.Comparison> compared, PriceList list, Optional<Curve> curve) {
        out.println(plan.answer());
        out.println(plan.reason());
        out.println();
        out.println(
                plan.demand().failures() == 0
                        ? "Each relay, and each shard of Redis:"
                        : "Each relay, and each shard of Redis, while "
                                + plan.demand().failures() + " of " + plan.nodes() + " relays are lost:");
        resources(plan.resources());
        out.println();
        ordinary(plan);
        out.println();
        storms(plan);
        out.println();
        money(plan, compared, list);
        curve.ifPresent(this::curve);
        out.println();
        out.println("What is uncertain:");
        plan.uncertain().forEach(each -> out.println("- " + Table.safe(each)));
    }

    private void resources(List<Resource> resources) {
        Table table = new Table("RESOURCE", "USED", "OF", "UNIT", "UTILISATION", "ALLOWED", "OF THAT");
        for (Resource each : resources) {
            table.row(
                    each.name(),
                    number(each.used()),
                    number(each.capacity()),
                    each.unit(),
                    percent(each.utilisation()),
                    percent(each.limit()),
                    percent(each.ofAllowed()));
        }
        table.print(out, "");
    }

    private void ordinary(Plan plan) {
        Plan.Ordinary each = plan.ordinary();
        Plan.Totals all = plan.all();
        out.println("On an ordinary day each of " + plan.nodes() + " has " + number(each.connections())
                + " connections and "
                + number(each.deliveriesPerS()) + " deliveries/s, up to " + percent(each.cpuShare())
                + " of its processors busy and a p99 of up to " + number(each.p99Ms()) + " ms.");
        out.println("All of them: " + number(plan.deliveriesPerS()) + " deliveries/s, " + number(all.cpuCores())
                + " cores needed, " + number(all.memoryGib()) + " GiB, " + number(all.outMbit()) + " Mbit/s out, "
                + number(all.inMbit()) + " Mbit/s in.");
        plan.redis().map(PlanText::redis).ifPresent(out::println);
        out.println("Each relay: a limit of " + number(plan.limits().connectionLimit()) + " connections, "
                + number(plan.limits().openFiles()) + " open files.");
    }

    private static String redis(RedisPlan redis) {
        return "Redis: " + number(redis.cpuCores()) + " cores and " + number(redis.memoryGib()) + " GiB in "
                + redis.shards()
                + (redis.shards() == 1 ? " shard, " : " shards, ") + number(redis.inMbit()) + " Mbit/s in, "
                + number(redis.outMbit()) + " Mbit/s out.";
    }

    private void storms(Plan plan) {
        Plan.Storms storms = plan.storms();
        out.println("When a relay is lost its clients are back after " + time(storms.oneLostSeconds()) + " at "
                + number(storms.connectsPerS()) + " connects/s; after the loss of all, all are back after "
                + time(storms.allLostSeconds()) + ".");
        out.println("A drain at " + number(plan.demand().drainPace()) + " connections/s takes "
                + time(storms.drainSeconds()) + ".");
    }

    private void money(Plan plan, List<PriceList.Comparison> compared, PriceList list) {
        Plan.Cost cost = plan.cost();
        String currency = list.currency();
        Table table = new Table("A MONTH", currency, "AS OF", "");
        table.row(
                "this, on " + cost.hosts() + " hosts",
                amount(cost.monthly()),
                "",
                "relays " + amount(cost.relays()) + ", Redis " + amount(cost.redis()) + ", load balancers "
                        + amount(cost.balancers()) + ", traffic " + amount(cost.traffic()));
        compared.forEach(each ->
                table.row(each.name(), amount(each.monthly()), each.asOf(), factor(each.monthly(), cost.monthly())));
        table.print(out, "");
        out.println("Machines at " + amount(plan.demand().price()) + " each, people not counted. "
                + Table.safe(list.note()));
    }

    private static String factor(double theirs, double ours) {
        return ours <= 0 ? "" : String.format(Locale.ROOT, "%.1f times", theirs / ours);
    }

    private void curve(Curve curve) {
        out.println();
        Table table = new Table(curve.input().name().replace('_', ' '), "RELAYS", "A MONTH", "BINDS");
        curve.points()
                .forEach(each -> table.row(number(each.value()), each.nodes(), amount(each.monthly()), each.binding()));
        table.print(out, "");
        curve.end().ifPresent(each -> out.println("Beyond: " + each + "."));
    }

    private static String time(double seconds) {
        if (Double.isInfinite(seconds)) {
            return "no time at all to be named, since no processors are left for them,";
        }
        if (seconds < 2 * MINUTE) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }
        return seconds < 2 * HOUR
                ? String.format(Locale.ROOT, "%.0f min", seconds / MINUTE)
                : String.format(Locale.ROOT, "%.1f h", seconds / HOUR);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", share * 100);
    }

    private static String amount(double money) {
        return String.format(Locale.ROOT, "%,.0f", money);
    }

    /// Three digits that count.
    private static String number(double value) {
        double size = Math.abs(value);
        String form =
                size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, form, value);
    }
}
