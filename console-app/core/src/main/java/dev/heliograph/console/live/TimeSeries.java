package dev.heliograph.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A figure over time, the finer the younger: each second of the last ten minutes, each ten seconds of the last two
/// hours, each minute of the last day.
///
/// Each step keeps the least, the mean and the greatest value that fell into it; one without a value is a gap, and
/// stays
/// one. Memory is bounded, about 80 kB. Times may come out of order as long as they are not older than a step of the
/// ring. Threadsafe.
public final class TimeSeries {

    /// @param step   time of one bucket
    /// @param number of buckets
    public record Tier(Duration step, int number) {

        public Tier {
            if (step.toMillis() <= 0 || number <= 0) {
                throw new IllegalArgumentException("a tier has buckets of at least a millisecond");
            }
        }

        public Duration span() {
            return step.multipliedBy(number);
        }
    }

    /// From the finest to the coarsest.
    public static final List<Tier> TIERS = List.of(
            new Tier(Duration.ofSeconds(1), 600),
            new Tier(Duration.ofSeconds(10), 720),
            new Tier(Duration.ofMinutes(1), 1_440));

    private final List<Ring> rings;

    public TimeSeries() {
        this(TIERS);
    }

    /// @param tiers from the finest to the coarsest
    public TimeSeries(List<Tier> tiers) {
        rings = tiers.stream().map(Ring::new).toList();
    }

    /// @param value one that is no finite number is none: the moment is a gap
    public synchronized void add(Instant at, double value) {
        if (Double.isFinite(value)) {
            rings.forEach(ring -> ring.add(at.toEpochMilli(), value));
        }
    }

    /// What is known from one time to another, from the finest tier that reaches that far; where it has more buckets
    /// than
    /// are wanted, several are put together.
    ///
    /// @param most points, at least 1
    public synchronized Points read(Instant from, Instant to, int most) {
        long span = Math.max(1, to.toEpochMilli() - from.toEpochMilli());
        for (Ring ring : rings) {
            boolean reaches = ring.step * ring.counts.length >= span;
            if (reaches || ring == rings.getLast()) {
                int together = (int) Math.max(1, Math.ceilDiv(span / ring.step, most));
                return ring.read(from.toEpochMilli(), to.toEpochMilli(), together);
            }
        }
        throw new IllegalStateException("a series has a tier");
    }

    private static final class Ring {

        private final long step;
        private final int[] counts;
        private final double[] sums;
        private final double[] least;
        private final double[] greatest;

        /// The number of the newest bucket, in steps since 1970.
        private long newest = Long.MIN_VALUE;

        Ring(Tier tier) {
            step = tier.step().toMillis();
            counts = new int[tier.number()];
            sums = new double[tier.number()];
            least = new double[tier.number()];
            greatest = new double[tier.number()];
        }

        void add(long at, double value) {
            long bucket = Math.floorDiv(at, step);
            if (newest == Long.MIN_VALUE || bucket - newest >= counts.length) {
                Arrays.fill(counts, 0);
                newest = bucket;
            }
            while (newest < bucket) {
                newest++;
                counts[index(newest)] = 0;
            }
            if (newest - bucket >= counts.length) {
                return;
            }
            int i = index(bucket);
            boolean first = counts[i] == 0;
            counts[i]++;
            sums[i] = first ? value : sums[i] + value;
            least[i] = first ? value : Math.min(least[i], value);
            greatest[i] = first ? value : Math.max(greatest[i], value);
        }

        private int index(long bucket) {
            return (int) Math.floorMod(bucket, (long) counts.length);
        }

        Points read(long from, long to, int together) {
            long width = step * together;
            List<Points.Point> points = new ArrayList<>();
            for (long at = Math.floorDiv(from, width) * width; at <= to; at += width) {
                points.add(point(at, together));
            }
            return new Points(Duration.ofMillis(width), points);
        }

        private Points.Point point(long at, int together) {
            int count = 0;
            double sum = 0;
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            long first = Math.floorDiv(at, step);
            for (long bucket = first; bucket < first + together; bucket++) {
                int i = index(bucket);
                if (newest != Long.MIN_VALUE && bucket <= newest && newest - bucket < counts.length && counts[i] > 0) {
                    count += counts[i];
                    sum += sums[i];
                    min = Math.min(min, least[i]);
                    max = Math.max(max, greatest[i]);
                }
            }
            Instant start = Instant.ofEpochMilli(at);
            return count == 0 ? Points.Point.gap(start) : new Points.Point(start, min, sum / count, max);
        }
    }
}
