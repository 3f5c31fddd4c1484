package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationRingTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void behavesLikeAList(long seed) {
        Random random = new Random(seed);
        PublicationRing ring = new PublicationRing();
        List<Publication> list = new ArrayList<>();
        for (int step = 0; step < 2_000; step++) {
            int dice = random.nextInt(200);
            if (dice == 0) {
                ring.clear();
                list.clear();
            } else if (dice < 90 && !list.isEmpty()) {
                assertThat(ring.removeOldest()).isSameAs(list.removeFirst());
            } else {
                Publication publication = BrokerFixture.text("" + step);
                ring.add(publication);
                list.add(publication);
            }
            assertThat(IntStream.range(0, ring.size()).mapToObj(ring::get).toList())
                    .isEqualTo(list);
        }
    }
}
