package dev.heliograph.server.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where the parts of one node get their instruments, and where Prometheus gets what they show. Threadsafe.
///
/// A part asks once, when it is made, and keeps what it gets: counters for what it counts itself, or a supplier that is
/// asked at each scrape. Who asks again with the same name and labels gets the same instrument. Names are those of the
/// exposition without `_total`; `docs/metrics.md` lists them all, and a test compares the two.
///
/// The values of a label must be few and known beforehand: constants of an enum, namespaces of the configuration,
/// numbers of event loops; never a user, a channel or an address. Names that operators give are counted up to a
/// number of them ([#named]).
///
/// Where metrics are not enabled ([#off]) instruments work all the same and nobody sees them.
public final class Instruments implements AutoCloseable {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_1 = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /// What a scrape gets.
    ///
    /// @param contentType of the body
    public record Exposition(String contentType, byte[] body) {}

    /// Nothing if metrics are off.
    private final @Nullable PrometheusMeterRegistry registry;

    private final JvmMeters jvm = new JvmMeters();

    /// By name and labels. Micrometer holds what it reads weakly: these references keep it.
    private final Map<String, Object> known = new ConcurrentHashMap<>();

    private Instruments(@Nullable PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /// Instruments that nobody sees.
    public static Instruments off() {
        return new Instruments(null);
    }

    /// Instruments with those of the JVM and of the build.
    ///
    /// @param version of the relay
    public static Instruments on(String version) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Instruments instruments = new Instruments(registry);
        instruments.jvm.bindTo(registry);
        registry.getPrometheusRegistry()
                .register(() -> InfoSnapshot.builder()
                        .name("heliograph_build")
                        .help("The version of the relay and of the Java it runs on.")
                        .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                                .labels(Labels.of(
                                        "version",
                                        version,
                                        "java",
                                        Runtime.version().toString()))
                                .build())
                        .build());
        return instruments;
    }

    /// Whether somebody may look: whoever would have to read a clock for an instrument alone asks this first.
    public boolean on() {
        return registry != null;
    }

    /// A counter with a value for each constant of an enum; the label is the constant's name in lower case.
    ///
    /// @param tags further labels: name, value, name, value
    public <E extends Enum<E>> Counts<E> counts(
            String name, String help, String label, Class<E> causes, String... tags) {
        return counts(name, help, label, causes, cause -> cause.name().toLowerCase(Locale.ROOT), tags);
    }

    /// The same with label values of the caller's own.
    @SuppressWarnings("unchecked") // only this puts values under keys of this form
    public <E extends Enum<E>> Counts<E> counts(
            String name, String help, String label, Class<E> causes, Function<E, String> value, String... tags) {
        String key = key(name, tags) + "," + label + "=" + causes.getName();
        return (Counts<E>) known.computeIfAbsent(key, _ -> {
            E[] constants = causes.getEnumConstants();
            Counts<E> counts = new Counts<>(constants.length);
            for (E cause : constants) {
                counter(name, help, counts.of(cause), Tags.of(tags).and(label, value.apply(cause)));
            }
            return counts;
        });
    }

    /// A counter.
    public LongAdder counter(String name, String help, String... tags) {
        return (LongAdder) known.computeIfAbsent(key(name, tags), _ -> {
            LongAdder count = new LongAdder();
            counter(name, help, count, Tags.of(tags));
            return count;
        });
    }

    /// A counter for each of some names that are not known beforehand.
    ///
    /// @param most names that have a value of the label of their own
    /// @param tags further labels: name, value, name, value
    public NamedCounts named(String name, String help, String label, int most, String... tags) {
        return (NamedCounts) known.computeIfAbsent(
                key(name, tags) + "," + label,
                _ -> new NamedCounts(most, value -> {
                    LongAdder count = new LongAdder();
                    counter(name, help, count, Tags.of(tags).and(label, value));
                    return count;
                }));
    }

    private void counter(String name, String help, LongAdder count, Tags tags) {
        if (registry != null) {
            FunctionCounter.builder(name, count, LongAdder::sum)
                    .description(help)
                    .tags(tags)
                    .register(registry);
        }
    }

    /// A counter that someone else keeps. Asked at each scrape, so it must not block; the first one of a name
    /// and labels stays.
    public void counter(String name, String help, DoubleSupplier value, String... tags) {
        PrometheusMeterRegistry to = registry;
        if (to != null && known.putIfAbsent(key(name, tags), value) == null) {
            FunctionCounter.builder(name, value, DoubleSupplier::getAsDouble)
                    .description(help)
                    .tags(tags)
                    .register(to);
        }
    }

    /// A value of now. Asked at each scrape, so it must not block; the first one of a name and labels stays.
    public void gauge(String name, String help, DoubleSupplier value, String... tags) {
        PrometheusMeterRegistry to = registry;
        if (to != null && known.putIfAbsent(key(name, tags), value) == null) {
            Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                    .description(help)
                    .tags(tags)
                    .register(to);
        }
    }

    /// A histogram of durations; its name ends with `_seconds`.
    public Histogram histogram(String name, String help, Buckets buckets, String... tags) {
        HistogramFamily family = (HistogramFamily) known.computeIfAbsent(name, _ -> {
            HistogramFamily made = new HistogramFamily(name, help);
            if (registry != null) {
                registry.getPrometheusRegistry().register(made);
            }
            return made;
        });
        return family.get(Labels.of(tags), () -> new Histogram(buckets));
    }

    private static String key(String name, String... tags) {
        return name + "{" + String.join(",", tags) + "}";
    }

    /// What there is to see now.
    ///
    /// @param accept the header of the request: OpenMetrics for who asks for it, else the text format of
    ///               Prometheus
    /// @throws IllegalStateException if metrics are off
    public Exposition expose(String accept) {
        PrometheusMeterRegistry from = registry;
        if (from == null) {
            throw new IllegalStateException("metrics are off");
        }
        boolean open = accept.contains(OPEN_METRICS);
        ByteArrayOutputStream body = new ByteArrayOutputStream(32 * 1024);
        try {
            from.scrape(body, open ? OPEN_METRICS_1 : TEXT);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return new Exposition(open ? OPEN_METRICS_1 : TEXT, body.toByteArray());
    }

    @Override
    public void close() {
        jvm.close();
        if (registry != null) {
            registry.close();
        }
    }
}
