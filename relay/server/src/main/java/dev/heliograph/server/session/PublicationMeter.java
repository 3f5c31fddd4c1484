package dev.heliograph.server.session;

import dev.heliograph.server.observe.Buckets;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Histogram;
import dev.heliograph.server.observe.Instruments;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts what the broker has accepted, by where it came from and by namespace. Threadsafe.
public final class PublicationMeter {

    /// Who published.
    enum Source {
        CLIENT,
        API
    }

    private final Instruments instruments;
    private final Counts<Source> bytes;
    private final Histogram waits;

    /// By namespace; only those of the configuration get this far.
    private final Map<String, Counts<Source>> publications = new ConcurrentHashMap<>();

    public PublicationMeter(Instruments instruments) {
        this.instruments = instruments;
        this.bytes = instruments.counts(
                "heliograph_publication_bytes", "Bytes of data in publications.", "source", Source.class);
        this.waits = instruments.histogram(
                "heliograph_publish_wait_seconds",
                "How long publishers wait for event loops that have too much to write.",
                Buckets.WAITING);
        publications("");
    }

    long begin() {
        return instruments.on() ? System.nanoTime() : 0;
    }

    /// @param began what [#begin] returned
    void admitted(long began) {
        if (instruments.on()) {
            waits.record(System.nanoTime() - began);
        }
    }

    void published(Source source, String namespace, int size) {
        publications(namespace).add(source);
        bytes.add(source, size);
    }

    /// Publications since the start.
    public long total() {
        return publications.values().stream().mapToLong(Counts::total).sum();
    }

    private Counts<Source> publications(String namespace) {
        Counts<Source> known = publications.get(namespace);
        return known != null ? known : publications.computeIfAbsent(namespace, this::register);
    }

    private Counts<Source> register(String namespace) {
        return instruments.counts(
                "heliograph_publications",
                "Publications that the broker has accepted.",
                "source",
                Source.class,
                "namespace",
                namespace);
    }
}
