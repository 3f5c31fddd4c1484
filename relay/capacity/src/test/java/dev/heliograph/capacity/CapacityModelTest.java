package dev.heliograph.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.heliograph.capacity.Scenario.Publishing;
import org.junit.jupiter.api.Test;

class CapacityModelTest {

    private final CapacityModel model = Figures.model();

    @Test
    void aLoadOfNothingNeedsOneRelayAndNoRedisIfNoneMayBeLost() {
        Plan plan = model.plan(
                Figures.demand("connections", 1, "fan_out", 0, "publish_rate", 0, "connect_rate", 0, "failures", 0));
        assertThat(plan.nodes()).isEqualTo(1);
        assertThat(plan.redis()).isEmpty();
        assertThat(plan.cost().monthly()).isEqualTo(50);
        assertThat(plan.answer()).startsWith("1 relay, which may not be lost, of 4 cores");
    }

    @Test
    void oneThatMayBeLostIsOneMoreAndBringsRedis() {
        Plan plan = model.plan(Figures.demand("failures", 1));
        assertThat(plan.nodes()).isEqualTo(2);
        assertThat(plan.survivors()).isEqualTo(1);
        // Two relays, three hosts of Redis, two load balancers.
        assertThat(plan.cost().hosts()).isEqualTo(7);
        assertThat(plan.cost().monthly()).isEqualTo(350);
        assertThat(plan.answer())
                .isEqualTo("2 relays, of which 1 may be lost, of 4 cores and 8 GiB and Redis in 1 shard"
                        + " on 3 hosts: $350 a month.");
    }

    @Test
    void processorsAreTheSumOfWhatIsDone() {
        // A relay alone: 1,000 publications, 10,000 deliveries, 1,000 pings and 100 connects a second.
        Demand demand = Figures.demand(
                "connections",
                10_000,
                "channels",
                10_000,
                "fan_out",
                10,
                "publish_rate",
                1_000,
                "payload_bytes",
                128,
                "ping_seconds",
                10,
                "connect_rate",
                100,
                "failures",
                0,
                "guarantee",
                "best-effort");
        NodeLoad load = model.load(demand, 1, false);
        double noWait = load.cpu(0);
        assertThat(noWait).isEqualTo((1_000 * 40 + 10_000 * 10 + 1_000 * 10 + 100 * 400) / 1e6, within(1e-9));
        assertThat(load.cpu(load.meanWaitAllowed())).isLessThan(noWait);
    }

    @Test
    void memoryIsWhatConnectionsAndFurtherSubscriptionsTake() {
        Demand demand = Figures.demand("connections", 10_000, "channels", 3_000, "fan_out", 10);
        assertThat(model.load(demand, 1, true).memory())
                .isEqualTo(200e6 + 10_000 * (6_000 + 2 * 500 + 4_096.0), within(1.0));
    }

    @Test
    void aRelayAloneKeepsTheHistoriesInItsHeap() {
        Demand demand = Figures.demand("failures", 0, "publish_rate", 1_000, "payload_bytes", 900, "history_size", 10);
        NodeLoad alone = model.load(demand, 1, false);
        NodeLoad shared = model.load(demand, 1, true);
        assertThat(alone.heap() - shared.heap()).isEqualTo(1_000 * 10 * (900 + 100.0), within(1.0));
    }

    @Test
    void aHotChannelIsCarriedInBatches() {
        Demand hot = Figures.demand(
                "connections",
                1_000,
                "channels",
                1,
                "fan_out",
                1_000,
                "publish_rate",
                600,
                "payload_bytes",
                128,
                "network_mbit",
                10_000,
                "failures",
                0);
        NodeLoad load = model.load(hot, 1, false);
        // Each delivery by itself: 6 processors, of which there are 4.
        assertThat(load.cpu(0)).isGreaterThan(6);
        assertThat(load.cpu(load.meanWaitAllowed())).isLessThan(1);
        Plan plan = model.plan(hot);
        assertThat(plan.nodes()).isEqualTo(1);
        assertThat(plan.ordinary().p99Ms()).isBetween(4.0, 200.0);
    }

    @Test
    void waitingAndBatchesAgree() {
        Demand hot = Figures.demand(
                "connections", 1_000, "channels", 1, "fan_out", 1_000, "publish_rate", 600, "payload_bytes", 128);
        NodeLoad load = model.load(hot, 1, false);
        double wait = load.expectedWait();
        double busy = load.cpu(wait) / 4;
        double service = (40 + 1_000 * Figures.model().cost().micros(load.batch(wait), 128)) / 1e6 / 4;
        assertThat(service / (1 - busy)).isEqualTo(wait, within(wait * 1e-6));
    }

    @Test
    void aTightLatencyNeedsMoreRelaysForOneLargeChannel() {
        Plan loose = model.plan(Figures.demand(
                "connections", 100_000, "channels", 1, "fan_out", 100_000, "publish_rate", 1, "latency_ms", 5_000));
        Plan tight = model.plan(Figures.demand(
                "connections", 100_000, "channels", 1, "fan_out", 100_000, "publish_rate", 1, "latency_ms", 100));
        assertThat(tight.nodes()).isGreaterThan(loose.nodes());
        assertThat(tight.binding()).isEqualTo("latency");
        assertThat(tight.reason()).startsWith("Latency binds: ").endsWith(" of the 100 ms that are asked for.");
    }

    @Test
    void aLatencyBelowThatWithoutLoadIsImpossible() {
        assertThatThrownBy(() -> model.plan(Figures.demand("latency_ms", 6)))
                .isInstanceOf(CapacityException.class)
                .hasMessage("a p99 of 6 ms can not be met: without any load it was measured to be 6 ms")
                .matches(each -> !((CapacityException) each).isInput());
    }

    @Test
    void publicationsThatEachRelayHearsAreABoundThatRelaysDoNotMove() {
        // Each of 500,000 publications a second has subscribers everywhere, and costs 20 µs to hear: 10 processors.
        assertThatThrownBy(() -> model.plan(Figures.demand(
                        "connections", 50_000_000, "channels", 100, "fan_out", 500_000, "publish_rate", 500_000)))
                .isInstanceOf(CapacityException.class)
                .hasMessageContaining("the processors of a relay do not suffice for the publications");
    }

    @Test
    void memoryBindsOnSmallMachinesWithManyIdleConnections() {
        Plan plan = model.plan(Figures.demand(
                "connections", 1_000_000, "fan_out", 1, "publish_rate", 1, "connect_rate", 1, "memory_gib", 1.0));
        assertThat(plan.binding()).isEqualTo("memory");
        assertThat(plan.reason()).startsWith("Memory binds: each of the ").contains("80 % of 1 GiB");
    }

    @Test
    void theNetworkBindsWithLargePayloads() {
        Plan plan = model.plan(Figures.demand("payload_bytes", 100_000, "publish_rate", 500, "network_mbit", 1_000));
        assertThat(plan.binding()).isEqualTo("network out");
    }

    @Test
    void redisHasAsManyShardsAsItsProcessorNeeds() {
        // 40,000 publications at 40 µs are 1.6 processors, 60 % of one each: three.
        Plan plan = model.plan(Figures.demand("publish_rate", 40_000, "fan_out", 1, "history_size", 1));
        RedisPlan redis = plan.redis().orElseThrow();
        assertThat(redis.shards()).isEqualTo(3);
        assertThat(redis.hosts()).isEqualTo(9);
        assertThat(redis.cpuCores()).isEqualTo(1.6, within(0.01));
    }

    @Test
    void redisHasAsManyShardsAsItsMemoryNeeds() {
        Plan plan = model.plan(Figures.demand(
                "channels",
                1_000_000,
                "connections",
                1_000_000,
                "fan_out",
                1,
                "publish_rate",
                1_000,
                "history_size",
                1_000,
                "history_seconds",
                36_000,
                "payload_bytes",
                1_000));
        // 36 entries of 1,100 B and 600 B, a million times, are 37.4 GiB; 6.4 GiB have room in each.
        assertThat(plan.redis().orElseThrow().shards()).isEqualTo(6);
        assertThat(plan.redis().orElseThrow().memoryGib()).isEqualTo(37.5, within(0.1));
    }

    @Test
    void stormsTakeAsLongAsThereAreProcessorsForConnects() {
        Demand demand = Figures.demand("connections", 100_000, "publish_rate", 1, "guarantee", "best-effort");
        Plan plan = model.plan(demand);
        NodeLoad rest = model.load(demand, plan.nodes() - 1, true);
        double rate = (0.95 * 4 - rest.cpu(rest.meanWaitAllowed())) * (plan.nodes() - 1) / 400e-6;
        assertThat(plan.storms().connectsPerS()).isEqualTo(rate, within(1e-6));
        assertThat(plan.storms().oneLostSeconds()).isEqualTo(100_000.0 / plan.nodes() / rate, within(1e-6));
        NodeLoad all = model.load(demand, plan.nodes(), true);
        double allRate = (0.95 * 4 - all.cpu(all.meanWaitAllowed())) * plan.nodes() / 400e-6;
        assertThat(plan.storms().allLostSeconds()).isEqualTo(100_000 / allRate, within(1e-6));
        assertThat(plan.storms().drainSeconds()).isEqualTo(100_000.0 / plan.nodes() / 100, within(1e-6));
    }

    @Test
    void saturationIsWhatTheProcessorsDoOfAcceptingAndDelivering() {
        Scenario hot = new Scenario(0.9, 1_000, 1, 128, 32, Publishing.BATCH);
        assertThat(model.predictedSaturation(hot)).isEqualTo(0.9e6 / (5 / 1_000.0 + 0.5), within(1e-3));
        Scenario many = new Scenario(2, 10, 100, 1_024, 32, Publishing.REDIS_HISTORY);
        // 32 in 100 channels: hardly two for the same subscriber.
        assertThat(model.predictedSaturation(many)).isEqualTo(2e6 / ((80 + 20) / 10.0 + 11), within(1e-3));
        assertThat(model.predictedSaturation(new Scenario(2, 1, 1, 128, 1, Publishing.API)))
                .isEqualTo(2e6 / (40 + 10), within(1e-3));
    }

    @Test
    void whatWasNotMeasuredIsSaid() {
        Demand demand = Figures.demand("payload_bytes", 100_000, "presence_share", 0.5, "cores", 8);
        assertThat(model.plan(demand).uncertain())
                .anyMatch(each ->
                        each.startsWith("Measured on another machine than yours (a test, 2026-11-30, relay 1.2.3)"))
                .anyMatch(each -> each.startsWith("Measured with 4 cores; that 8 do in proportion is assumed"))
                .anyMatch(each -> each.contains("(M/M/1)"))
                .anyMatch(each -> each.startsWith("Payloads beyond 16384 bytes"))
                .anyMatch(each -> each.startsWith("What presence costs is not measured"))
                .noneMatch(each -> each.startsWith("What a ping costs"));
    }

    @Test
    void aCalibrationWithoutRedisDoublesAndSaysSo() {
        String without = Figures.CALIBRATION.replaceFirst("(?s)\"redis\": \\{.*?\\},", "");
        Plan plan = new CapacityModel(Calibration.parse("test.json", without)).plan(Demand.DEFAULT);
        assertThat(plan.uncertain()).anyMatch(each -> each.contains("no figures with Redis: twice those"));
        assertThat(plan.redis()).isPresent();
    }
}
