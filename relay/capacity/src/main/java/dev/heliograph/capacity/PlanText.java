package dev.heliograph.capacity;

import java.util.List;
import java.util.Locale;

/// A plan for a person: the first line is the answer.
final class PlanText {

    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;

    private final PlanReport report;
    private final Plan plan;
    private final StringBuilder out = new StringBuilder();

    PlanText(PlanReport report) {
        this.report = report;
        this.plan = report.plan();
    }

    String text() {
        line(plan.answer());
        line(plan.reason());
        line("");
        line(
                plan.demand().failures() == 0
                        ? "Each relay, and each shard of Redis:"
                        : "Each relay, and each shard of Redis, while "
                                + plan.demand().failures() + " of " + plan.nodes() + " relays are lost:");
        resources(plan.resources());
        line("");
        ordinary();
        line("");
        storms();
        line("");
        money();
        report.curve().ifPresent(this::curve);
        line("");
        line("What is uncertain:");
        plan.uncertain().forEach(each -> line("- " + Columns.safe(each)));
        return out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void table(Columns table) {
        table.lines().forEach(this::line);
    }

    private void resources(List<Resource> resources) {
        Columns table = new Columns("RESOURCE", "USED", "OF", "UNIT", "UTILISATION", "ALLOWED", "OF THAT");
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
        table(table);
    }

    private void ordinary() {
        Plan.Ordinary each = plan.ordinary();
        Plan.Totals all = plan.all();
        line("On an ordinary day each of " + plan.nodes() + " has " + number(each.connections())
                + " connections and "
                + number(each.deliveriesPerS()) + " deliveries/s, up to " + percent(each.cpuShare())
                + " of its processors busy and a p99 of up to " + number(each.p99Ms()) + " ms.");
        line("All of them: " + number(plan.deliveriesPerS()) + " deliveries/s, " + number(all.cpuCores())
                + " cores needed, " + number(all.memoryGib()) + " GiB, " + number(all.outMbit()) + " Mbit/s out, "
                + number(all.inMbit()) + " Mbit/s in.");
        plan.redis().map(PlanText::redis).ifPresent(this::line);
        line("Each relay: a limit of " + number(plan.limits().connectionLimit()) + " connections, "
                + number(plan.limits().openFiles()) + " open files.");
    }

    private static String redis(RedisPlan redis) {
        return "Redis: " + number(redis.cpuCores()) + " cores and " + number(redis.memoryGib()) + " GiB in "
                + redis.shards()
                + (redis.shards() == 1 ? " shard, " : " shards, ") + number(redis.inMbit()) + " Mbit/s in, "
                + number(redis.outMbit()) + " Mbit/s out.";
    }

    private void storms() {
        Plan.Storms storms = plan.storms();
        line("When a relay is lost its clients are back after " + time(storms.oneLostSeconds()) + " at "
                + number(storms.connectsPerS()) + " connects/s; after the loss of all, all are back after "
                + time(storms.allLostSeconds()) + ".");
        line("A drain at " + number(plan.demand().drainPace()) + " connections/s takes " + time(storms.drainSeconds())
                + ".");
    }

    private void money() {
        PriceList list = report.prices();
        Plan.Cost cost = plan.cost();
        String currency = list.currency();
        Columns table = new Columns("A MONTH", currency, "AS OF", "");
        table.row(
                "this, on " + cost.hosts() + " hosts",
                amount(cost.monthly()),
                "",
                "relays " + amount(cost.relays()) + ", Redis " + amount(cost.redis()) + ", load balancers "
                        + amount(cost.balancers()) + ", traffic " + amount(cost.traffic()));
        report.managed()
                .forEach(each -> table.row(
                        each.name(), amount(each.monthly()), each.asOf(), factor(each.monthly(), cost.monthly())));
        table(table);
        line("Machines at " + amount(plan.demand().price()) + " each, people not counted. "
                + Columns.safe(list.note()));
    }

    private static String factor(double theirs, double ours) {
        return ours <= 0 ? "" : String.format(Locale.ROOT, "%.1f times", theirs / ours);
    }

    private void curve(Curve curve) {
        line("");
        Columns table = new Columns(curve.input().name().replace('_', ' '), "RELAYS", "A MONTH", "BINDS");
        curve.points()
                .forEach(each -> table.row(number(each.value()), each.nodes(), amount(each.monthly()), each.binding()));
        table(table);
        curve.next()
                .ifPresent(each -> line("From " + number(each.value()) + " on it takes " + each.nodes() + " relays."));
        curve.end().ifPresent(each -> line("Beyond: " + each + "."));
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
