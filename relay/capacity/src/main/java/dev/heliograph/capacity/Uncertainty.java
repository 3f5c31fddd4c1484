package dev.heliograph.capacity;

import dev.heliograph.capacity.Calibration.Measured;
import java.util.ArrayList;
import java.util.List;

/// What a plan rests on without a measurement, in sentences; the weightiest first.
final class Uncertainty {

    private Uncertainty() {}

    /// @param batch frames that share a write if deliveries take as long as they may
    static List<String> of(CapacityModel model, Demand demand, boolean shared, double batch) {
        Calibration calibration = model.calibration();
        Measured measured = calibration.measured();
        List<String> list = new ArrayList<>();
        list.add("Measured on another machine than yours (" + calibration.words()
                + "): `heliograph plan calibrate` on one of yours replaces that.");
        if (demand.cores() != calibration.cores()) {
            list.add("Measured with " + calibration.cores() + " cores; that " + demand.cores()
                    + " do in proportion is assumed.");
        }
        list.add("Latency is that of a queue with random arrivals (M/M/1), above an idle p99 that was measured on one"
                + " machine: the network comes on top, and bursts take longer.");
        if (demand.payloadBytes() > model.cost().largestPayload()) {
            list.add("Payloads beyond " + model.cost().largestPayload() + " bytes were not measured.");
        }
        if (batch > model.cost().largestBatch()) {
            list.add("More than " + Check.number(model.cost().largestBatch())
                    + " frames a write were not measured; they are taken to cost as much each.");
        }
        if (shared) {
            redis(measured, list);
        }
        if (demand.presenceShare() > 0) {
            list.add("What presence costs is not measured: each renewal is taken for a ping and a publication of"
                    + " Redis.");
        }
        if (measured.connection().pingCpuUs().isEmpty()) {
            list.add("What a ping costs is not measured: " + Check.number(Assumed.PING_US) + " µs are assumed.");
        }
        list.add("TLS ends at the load balancers, which are counted and not measured; deployments run two colours for a"
                + " while on the same hosts.");
        return list;
    }

    private static void redis(Measured measured, List<String> list) {
        if (measured.redis().isEmpty()) {
            list.add("The calibration has no figures with Redis: twice those of a relay alone are assumed.");
            return;
        }
        if (measured.redis().get().heardCpuUs().isEmpty()) {
            list.add("What a relay spends to hear of a publication of another one is not measured: "
                    + Check.number(Assumed.HEARD_US) + " µs are assumed.");
        }
        if (measured.redis().get().entryBytes().isEmpty()) {
            list.add("The memory of Redis for a history is not measured: " + Check.number(Assumed.REDIS_ENTRY_BYTES)
                    + " bytes beside each payload are assumed.");
        }
        list.add("Shards of Redis are taken to have equal shares; one channel is on one shard, whatever its rate.");
    }
}
