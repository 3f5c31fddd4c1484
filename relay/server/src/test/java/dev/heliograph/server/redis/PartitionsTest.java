package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.IntSummaryStatistics;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.util.JedisClusterCRC16;

class PartitionsTest {

    private static final int SLOTS = 16_384;

    static IntStream mastersOfACluster() {
        return IntStream.rangeClosed(1, 16);
    }

    @ParameterizedTest
    @MethodSource("mastersOfACluster")
    void mastersThatShareTheSlotsShareThePartitions(int masters) {
        int[] share = new int[masters];
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            int slot = Partitions.slot(partition);
            int master = 0;
            while (slot >= SLOTS * (master + 1) / masters) {
                master++;
            }
            share[master]++;
        }
        IntSummaryStatistics shares = IntStream.of(share).summaryStatistics();
        assertThat(shares.getMax() - shares.getMin()).isLessThanOrEqualTo(1);
    }

    @Test
    void allNamesOfAPartitionAreInItsSlotAndTheSlotIsOfThePartition() {
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            String name = new String(Partitions.tagged("prefix", partition), UTF_8) + "c:any}{name";
            assertThat(JedisClusterCRC16.getSlot(name)).isEqualTo(Partitions.slot(partition));
            assertThat(Partitions.ofSlot(Partitions.slot(partition))).isEqualTo(partition);
        }
    }
}
