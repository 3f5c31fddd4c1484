package dev.heliograph.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Figures of servers, round by round. A ratio is that of two servers in one round, so that what disturbs the machine
/// for longer than a round disturbs both; of the rounds it is the median.
final class Sheet {

    /// A bound of a figure.
    ///
    /// @param other whose figure this relay's is divided by; null for this relay's figure as it is
    /// @param least whether the bound is the least that is wanted, or the most
    record Target(String figure, @Nullable Peer other, boolean least, double bound) {}

    private final Map<String, EnumMap<Peer, List<Double>>> figures = new LinkedHashMap<>();
    private final List<Target> targets = new ArrayList<>();

    /// Takes what was measured before.
    void add(Results.Kept kept) {
        kept.figures()
                .forEach((figure, of) ->
                        of.forEach((peer, rounds) -> rounds.forEach(value -> put(figure, Peer.of(peer), value))));
        kept.targets()
                .forEach(each -> targets.add(new Target(
                        each.figure(),
                        each.other() == null ? null : Peer.of(each.other()),
                        each.least(),
                        each.bound())));
    }

    private void put(String figure, Peer peer, double value) {
        figures.computeIfAbsent(figure, _ -> new EnumMap<>(Peer.class))
                .computeIfAbsent(peer, _ -> new ArrayList<>())
                .add(value);
    }

    void add(String figure, Peer peer, double value) {
        put(figure, peer, value);
        System.out.printf(Locale.ROOT, "  %-34s %-10s %14.3f%n", figure, peer.key(), value);
    }

    void atLeast(String figure, Peer other, double ratio) {
        targets.add(new Target(figure, other, true, ratio));
    }

    void atMost(String figure, Peer other, double ratio) {
        targets.add(new Target(figure, other, false, ratio));
    }

    /// What this relay's figure is to be at most, whatever others have.
    void ownAtMost(String figure, double bound) {
        targets.add(new Target(figure, null, false, bound));
    }

    /// What this relay's figure is to be at least, whatever others have.
    void ownAtLeast(String figure, double bound) {
        targets.add(new Target(figure, null, true, bound));
    }

    List<Target> targets() {
        return targets;
    }

    Map<String, EnumMap<Peer, List<Double>>> figures() {
        return figures;
    }

    /// Lowest, median and highest; null if it was not measured.
    double @Nullable [] spread(String figure, Peer peer) {
        EnumMap<Peer, List<Double>> all = figures.get(figure);
        return all == null || !all.containsKey(peer) ? null : spread(all.get(peer));
    }

    /// Of this relay to another server: lowest, median and highest of the rounds; null if it was not measured.
    double @Nullable [] ratio(String figure, Peer other) {
        EnumMap<Peer, List<Double>> all = figures.get(figure);
        if (all == null || !all.containsKey(Peer.HELIOGRAPH) || !all.containsKey(other)) {
            return null;
        }
        List<Double> own = all.get(Peer.HELIOGRAPH);
        List<Double> others = all.get(other);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(own.size(), others.size()); i++) {
            ratios.add(own.get(i) / others.get(i));
        }
        return spread(ratios);
    }

    private static double[] spread(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new double[] {sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]};
    }

    /// What a target is about: lowest, median and highest; null if it was not measured.
    double @Nullable [] measured(Target target) {
        return target.other == null ? spread(target.figure, Peer.HELIOGRAPH) : ratio(target.figure, target.other);
    }

    /// Whether a target holds; one that was not measured does not.
    boolean holds(Target target) {
        double[] measured = measured(target);
        return measured != null && (target.least ? measured[1] >= target.bound : measured[1] <= target.bound);
    }
}
