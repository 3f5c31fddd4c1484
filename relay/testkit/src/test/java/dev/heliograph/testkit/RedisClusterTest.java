package dev.heliograph.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedisClusterTest {

    @Test
    void eachNodeHasItsSlotsAndNamesTheOwnersOfOthers() {
        try (RedisCluster cluster = RedisCluster.start()) {
            List<RedisServer> nodes = cluster.nodes();
            assertThat(nodes)
                    .hasSize(3)
                    .allSatisfy(node -> assertThat(node.call("CLUSTER", "INFO")).contains("cluster_state:ok"));
            // The slots of these keys are 5061 and 15495.
            assertThat(nodes.get(0).call("SET", "bar", "1")).isEqualTo("OK");
            assertThat(nodes.get(2).call("SET", "a", "1")).isEqualTo("OK");
            assertThatThrownBy(() -> nodes.get(1).call("GET", "bar"))
                    .hasMessage("MOVED 5061 " + nodes.get(0).address());
            assertThatThrownBy(() -> nodes.get(0).call("GET", "a"))
                    .hasMessage("MOVED 15495 " + nodes.get(2).address());
        }
    }
}
