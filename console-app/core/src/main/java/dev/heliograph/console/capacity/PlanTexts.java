package dev.heliograph.console.capacity;

import dev.heliograph.capacity.Curve;
import dev.heliograph.capacity.DemandInput;
import dev.heliograph.capacity.Guarantee;
import dev.heliograph.capacity.Plan;
import dev.heliograph.capacity.Resource;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How a plan reads.
public final class PlanTexts {

    /// From here on a tenth of a second says nothing.
    private static final double SHORT = 9.95;

    private PlanTexts() {}

    /// An input as the label of its field.
    public static String title(DemandInput input) {
        return Messages.text("capacity.input." + input.key());
    }

    /// So much of an input: `12,000 connections`. Only of those that a curve can be about or a cluster can
    /// be asked for.
    public static String amount(DemandInput input, double value) {
        return Messages.text("capacity.amount." + input.key(), input.isWhole() ? Formats.number(value) : number(value));
    }

    /// A number of relays.
    public static String relays(int nodes) {
        return Formats.count(nodes, "capacity.relay", "capacity.relays");
    }

    public static String title(Guarantee guarantee) {
        return Messages.text("capacity.guarantee." + guarantee.key());
    }

    /// A resource by the name that the model has for it; one that the console does not know, as it is.
    public static String resource(String name) {
        String key = "capacity.resource." + name.replace(' ', '-');
        return Messages.has(key) ? Messages.text(key) : name;
    }

    /// What a curve says of a point.
    public static String point(Curve curve, Curve.Point point, String currency) {
        return Messages.text(
                "capacity.whatif.point",
                amount(curve.input(), point.value()),
                relays(point.nodes()),
                money(point.monthly(), currency),
                resource(point.binding()));
    }

    /// When a curve's next relay is needed, and where it ends.
    public static String next(Curve curve) {
        String next = curve.next()
                .map(point -> Messages.text(
                        "capacity.whatif.next", amount(curve.input(), point.value()), relays(point.nodes())))
                .orElseGet(() -> Messages.text("capacity.whatif.no-next"));
        return curve.end()
                .map(why -> next + " " + Messages.text("capacity.whatif.end", why))
                .orElse(next);
    }

    /// `0.22 of 4 cores`.
    public static String used(Resource resource) {
        return Messages.text("capacity.used", number(resource.used()), number(resource.capacity()), resource.unit());
    }

    /// What all relays together use of a resource, without those of Redis, whose figures are of a shard.
    public static Optional<String> together(Plan plan, Resource resource) {
        Plan.Totals all = plan.all();
        return switch (resource.name()) {
            case "cpu" -> Optional.of(number(all.cpuCores()) + " " + resource.unit());
            case "memory" -> Optional.of(number(all.memoryGib()) + " " + resource.unit());
            case "network out" -> Optional.of(number(all.outMbit()) + " " + resource.unit());
            case "network in" -> Optional.of(number(all.inMbit()) + " " + resource.unit());
            default -> Optional.empty();
        };
    }

    /// `550 USD`.
    public static String money(double amount, String currency) {
        return Formats.count(Math.round(amount)) + " " + currency;
    }

    /// `2.3 s`, `3 min 5 s`; that it never ends, if it is infinite.
    public static String time(double seconds) {
        if (!Double.isFinite(seconds)) {
            return Messages.text("capacity.never");
        }
        return seconds < SHORT
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : Times.span(Duration.ofSeconds(Math.round(seconds)));
    }

    /// Three digits that count.
    public static String number(double value) {
        double size = Math.abs(value);
        return size >= 99.95 || value == Math.rint(value)
                ? Formats.number(value)
                : String.format(Locale.ROOT, size >= 9.995 ? "%.1f" : size >= 0.9995 ? "%.2f" : "%.3f", value);
    }
}
