package dev.heliograph.compare;

import dev.heliograph.bench.ApiLoad;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Back ends that publish over the HTTP API: as many requests as are answered, one publication each or in batches, and
/// how long an answer takes at a fixed rate.
final class Publishes {

    private static final int BACK_ENDS = 64;
    private static final int BATCH = 32;
    private static final int RATE = 5_000;
    private static final long WARM_UP_MILLIS = 6_000;
    private static final long MILLIS = 2_500;

    private final Sheet sheet;
    private final int rounds;

    Publishes(Sheet sheet, int rounds) {
        this.sheet = sheet;
        this.rounds = rounds;
    }

    void run() {
        Map<Peer, Running> servers = new LinkedHashMap<>();
        try {
            for (Peer peer : Peer.relays()) {
                servers.put(peer, Running.start(peer, Peer.Task.ALONE));
            }
            measure(servers, "api_one", "", 1);
            measure(servers, "api_batch", "", BATCH);
            pace(servers);
        } finally {
            servers.values().forEach(Running::close);
        }
        sheet.atLeast("api_one_per_s", Peer.REFERENCE, 1.2);
        sheet.atLeast("api_batch_per_s", Peer.REFERENCE, 1.2);
        sheet.atMost("api_paced_p99_ms", Peer.REFERENCE, 1);
    }

    /// @param name of the figures
    void measure(Map<Peer, Running> servers, String name, String namespace, int batch) {
        Map<Peer, ApiLoad> loads = new LinkedHashMap<>();
        try {
            servers.forEach((peer, server) -> loads.put(peer, new ApiLoad(server.port(), namespace, BACK_ENDS, batch)));
            loads.values().forEach(load -> load.run(WARM_UP_MILLIS));
            for (int i = 0; i < rounds; i++) {
                loads.forEach((peer, load) -> {
                    double cpu = servers.get(peer).cpuSeconds();
                    long began = System.nanoTime();
                    long published = load.run(MILLIS);
                    sheet.add(name + "_per_s", peer, published / ((System.nanoTime() - began) / 1e9));
                    sheet.add(name + "_cpu_us", peer, (servers.get(peer).cpuSeconds() - cpu) / published * 1e6);
                });
            }
        } finally {
            new ArrayList<>(loads.values()).forEach(ApiLoad::close);
        }
    }

    private void pace(Map<Peer, Running> servers) {
        for (int i = -1; i < rounds; i++) {
            for (Map.Entry<Peer, Running> each : List.copyOf(servers.entrySet())) {
                try (ApiLoad load = new ApiLoad(each.getValue().port(), "", BACK_ENDS, 1)) {
                    Histogram latency = load.pace(RATE, MILLIS);
                    // The first round only warms up.
                    if (i >= 0) {
                        sheet.add("api_paced_p50_ms", each.getKey(), latency.getValueAtPercentile(50) / 1e3);
                        sheet.add("api_paced_p99_ms", each.getKey(), latency.getValueAtPercentile(99) / 1e3);
                    }
                }
            }
        }
    }
}
