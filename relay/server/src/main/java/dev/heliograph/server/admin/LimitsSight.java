package dev.heliograph.server.admin;

import dev.heliograph.server.cluster.ClusterException;
import dev.heliograph.server.guard.GuardOperations;
import dev.heliograph.server.guard.LimitUse.Counters;
import dev.heliograph.server.guard.LimitView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What limits did between the last look and this one. A node that has gone takes its counts with it: then a rate is 0
/// for once, never negative.
final class LimitsSight implements Supplier<List<? extends StreamMessage>> {

    private final GuardOperations guard;
    private final LongSupplier nanoTime;
    private Map<String, Counters> before = Map.of();
    private long at;

    LimitsSight(GuardOperations guard, LongSupplier nanoTime) {
        this.guard = guard;
        this.nanoTime = nanoTime;
        try {
            look();
        } catch (ClusterException _) {
            // Then rates begin with the first look that succeeds.
        }
    }

    private Map<String, Counters> look() {
        Map<String, Counters> last = before;
        Map<String, Counters> now = new HashMap<>();
        for (LimitView view : guard.limits()) {
            now.put(view.name(), view.use().counters());
        }
        before = now;
        at = nanoTime.getAsLong();
        return last;
    }

    @Override
    public List<StreamMessage> get() {
        long since = at;
        Map<String, Counters> last = look();
        double seconds = Math.max(1, at - since) / 1e9;
        List<StreamMessage.LimitRate> rates = new ArrayList<>();
        before.forEach((name, now) -> {
            Counters then = last.getOrDefault(name, now);
            StreamMessage.LimitRate rate = new StreamMessage.LimitRate(
                    name,
                    Math.max(0, now.admitted() - then.admitted()) / seconds,
                    Math.max(0, now.rejected() - then.rejected()) / seconds,
                    Math.max(0, now.wouldReject() - then.wouldReject()) / seconds);
            if (rate.admitted() + rate.rejected() + rate.wouldReject() > 0) {
                rates.add(rate);
            }
        });
        return List.of(new StreamMessage.LimitsMessage(rates));
    }
}
