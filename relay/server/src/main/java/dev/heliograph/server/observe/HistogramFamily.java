package dev.heliograph.server.observe;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// All [Histogram]s of one name, as the exposition wants them. (A timer of Micrometer costs a clock and a dozen atomic
/// updates each time: too much where one publication is written to a thousand subscribers.)
final class HistogramFamily implements Collector {

    private final String name;
    private final String help;
    private final Map<Labels, Histogram> histograms = new ConcurrentHashMap<>();

    HistogramFamily(String name, String help) {
        this.name = name;
        this.help = help;
    }

    Histogram get(Labels labels, Supplier<Histogram> maker) {
        return histograms.computeIfAbsent(labels, _ -> maker.get());
    }

    @Override
    public String getPrometheusName() {
        return name;
    }

    @Override
    public HistogramSnapshot collect() {
        HistogramSnapshot.Builder snapshot =
                HistogramSnapshot.builder().name(name).help(help);
        histograms.forEach((labels, histogram) -> snapshot.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(
                        ClassicHistogramBuckets.of(histogram.buckets().seconds(), histogram.counts()))
                .sum(histogram.sumSeconds())
                .build()));
        return snapshot.build();
    }
}
