package dev.heliograph.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisClusterTest {

    // The slots of these keys.
    private static final int BAR = 5_061;
    private static final int A = 15_495;

    @Test
    void eachNodeHasItsSlotsAndNamesTheOwnersOfOthers() {
        try (RedisCluster cluster = RedisCluster.start()) {
            List<RedisServer> nodes = cluster.nodes();
            assertThat(nodes)
                    .hasSize(3)
                    .allSatisfy(node -> assertThat(node.call("CLUSTER", "INFO")).contains("cluster_state:ok"));
            assertThat(nodes.get(0).call("SET", "bar", "1")).isEqualTo("OK");
            assertThat(nodes.get(2).call("SET", "a", "1")).isEqualTo("OK");
            assertThatThrownBy(() -> nodes.get(1).call("GET", "bar"))
                    .hasMessage("MOVED " + BAR + " " + nodes.get(0).address());
            assertThatThrownBy(() -> nodes.get(0).call("GET", "a"))
                    .hasMessage("MOVED " + A + " " + nodes.get(2).address());
        }
    }

    @Test
    void aSlotMovesWithItsKeys() {
        try (RedisCluster cluster = RedisCluster.start()) {
            RedisServer from = cluster.nodes().get(0);
            RedisServer to = cluster.nodes().get(1);
            from.call("SET", "bar", "1");
            from.call("SET", "{bar}2", "2");
            List<Integer> progress = new ArrayList<>();

            cluster.moveSlot(BAR, to, progress::add);

            assertThat(progress).containsExactly(0, 1, 2);
            assertThat(cluster.owner(BAR)).isSameAs(to);
            assertThat(to.call("GET", "bar")).isEqualTo("1");
            assertThat(to.call("GET", "{bar}2")).isEqualTo("2");
            assertThatThrownBy(() -> from.call("GET", "bar")).hasMessage("MOVED " + BAR + " " + to.address());
        }
    }

    @Test
    void theReplicaOfAMasterThatIsKilledTakesOver() {
        try (RedisCluster cluster = RedisCluster.startWithReplicas()) {
            RedisServer master = cluster.nodes().get(0);
            master.call("SET", "bar", "1");
            cluster.awaitReplica(0);

            master.kill();
            cluster.awaitFailover(0);

            assertThat(cluster.owner(BAR)).isSameAs(cluster.replicas().get(0));
            assertThat(cluster.owner(BAR).call("GET", "bar")).isEqualTo("1");
        }
    }
}
