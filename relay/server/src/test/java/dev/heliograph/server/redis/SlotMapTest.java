package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

class SlotMapTest {

    private static List<@Nullable Object> node(@Nullable String host, long port) {
        List<@Nullable Object> node = new ArrayList<>();
        node.add(host == null ? null : host.getBytes(UTF_8));
        node.add(port);
        node.add("id".getBytes(UTF_8));
        return node;
    }

    @Test
    void partitionsAreWhereTheirSlotsAre() {
        SlotMap map = SlotMap.read(
                List.of(List.of(0L, 8_191L, node("a", 1), node("c", 3)), List.of(8_192L, 16_000L, node("b", 2))),
                "asked");
        assertThat(map.owners())
                .containsEntry(0, new HostAndPort("a", 1))
                .containsEntry(63, new HostAndPort("a", 1))
                .containsEntry(64, new HostAndPort("b", 2))
                .doesNotContainKey(127);
        assertThat(map.nodes())
                .containsExactly(new HostAndPort("a", 1), new HostAndPort("c", 3), new HostAndPort("b", 2));
    }

    @Test
    void aHostThatIsNotAnnouncedIsTheOneThatWasAsked() {
        for (String host : new @Nullable String[] {null, "", "?"}) {
            assertThat(SlotMap.read(List.of(List.of(0L, 16_383L, node(host, 7))), "asked")
                            .owners()
                            .values())
                    .containsOnly(new HostAndPort("asked", 7));
        }
    }
}
