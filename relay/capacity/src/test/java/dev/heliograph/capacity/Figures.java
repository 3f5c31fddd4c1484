package dev.heliograph.capacity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Inputs of tests. The calibration has round figures, so that a person can follow a sum, and is not the
/// packaged one, which changes with each measurement.
final class Figures {

    static final String CALIBRATION = """
        {
          "machine": "a test", "cores": 4, "date": "2026-11-30", "version": "1.2.3", "sources": {},
          "measured": {
            "process": {"rss_bytes": 200000000, "heap_bytes": 40000000},
            "connection": {"rss_bytes": 6000, "heap_bytes": 3000, "connect_cpu_us": 400, "ping_cpu_us": 10,
                           "subscription_bytes": 500},
            "publication": {"api_cpu_us": 40, "api_batch_cpu_us": 5},
            "delivery": [
              {"in_flight": 1, "fan_out": 1000, "payload_bytes": 128, "cpu_us": 10, "per_second": 0},
              {"in_flight": 1, "fan_out": 1000, "payload_bytes": 1024, "cpu_us": 11, "per_second": 0},
              {"in_flight": 1, "fan_out": 1000, "payload_bytes": 16384, "cpu_us": 20, "per_second": 0},
              {"in_flight": 4, "fan_out": 1000, "payload_bytes": 128, "cpu_us": 3, "per_second": 0},
              {"in_flight": 32, "fan_out": 1000, "payload_bytes": 128, "cpu_us": 0.5, "per_second": 0},
              {"in_flight": 32, "fan_out": 1000, "payload_bytes": 1024, "cpu_us": 1, "per_second": 0},
              {"in_flight": 32, "fan_out": 1000, "payload_bytes": 16384, "cpu_us": 8, "per_second": 0}
            ],
            "network": {"delivery_overhead_bytes": 70},
            "latency": {"idle_p99_ms": 4},
            "redis": {"api_cpu_us": 60, "api_history_cpu_us": 80, "heard_cpu_us": 20, "redis_cpu_us": 20,
                      "redis_history_cpu_us": 40, "idle_p99_ms": 6, "base_bytes": 2000000, "channel_bytes": 600,
                      "entry_bytes": 100},
            "saturation": [
              {"name": "one", "scenario": {"cores": 1, "subscribers": 1000, "channels": 1, "payload_bytes": 128,
               "in_flight": 32, "publishing": "redis-history"}, "deliveries_per_s": 1500000, "relay_cores": 0.9}
            ]
          }
        }
        """;

    private Figures() {}

    static Calibration calibration() {
        return Calibration.parse("test.json", CALIBRATION);
    }

    static CapacityModel model() {
        return new CapacityModel(calibration());
    }

    /// The default with other values, by key.
    static Demand demand(Object... changes) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < changes.length; i += 2) {
            String key = (String) changes[i];
            switch (changes[i + 1]) {
                case Integer number -> object.put(key, number);
                case Double number -> object.put(key, number);
                case String text -> object.put(key, text);
                default -> throw new IllegalArgumentException(key);
            }
        }
        return Demand.DEFAULT.with("test", object);
    }
}
