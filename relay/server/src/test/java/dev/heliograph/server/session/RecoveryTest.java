package dev.heliograph.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.HistoryPage;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// All or nothing: protocol A.6, "Recovery".
class RecoveryTest {

    private static final StreamPosition AT_3 = new StreamPosition(3, "epoch");

    private static HistoryPage page(long top, long... offsets) {
        List<Publication> publications = LongStream.of(offsets)
                .mapToObj(offset ->
                        Publication.of(Bytes.utf8(Long.toString(offset))).at(offset))
                .toList();
        return new HistoryPage(publications, new StreamPosition(top, "epoch"));
    }

    private static List<Long> offsets(Recovery recovery) {
        return recovery.publications().stream().map(Publication::offset).toList();
    }

    @Test
    void everythingAfterThePositionIsARecovery() {
        Recovery recovery = Recovery.ofStream(AT_3, page(6, 4, 5, 6));
        assertThat(recovery.recovered()).isTrue();
        assertThat(offsets(recovery)).containsExactly(4L, 5L, 6L);
        assertThat(recovery.offset()).isEqualTo(3);
    }

    @Test
    void whoIsUpToDateHasRecoveredNothing() {
        Recovery recovery = Recovery.ofStream(AT_3, page(3));
        assertThat(recovery).isEqualTo(new Recovery(true, List.of(), 3));
    }

    @Test
    void aGapAtTheBeginningIsNoRecoveryAndGivesNoPart() {
        assertThat(Recovery.ofStream(AT_3, page(6, 5, 6))).isEqualTo(new Recovery(false, List.of(), 6));
    }

    @Test
    void moreThanTheLimitOfAPageIsNoRecovery() {
        assertThat(Recovery.ofStream(AT_3, page(6, 4, 5))).isEqualTo(new Recovery(false, List.of(), 6));
    }

    @Test
    void anEmptyHistoryBelowTheTopIsNoRecovery() {
        assertThat(Recovery.ofStream(AT_3, page(6))).isEqualTo(new Recovery(false, List.of(), 6));
    }

    @Test
    void aPositionAheadOfTheTopIsNoRecovery() {
        assertThat(Recovery.ofStream(AT_3, page(2))).isEqualTo(new Recovery(false, List.of(), 2));
    }

    @Test
    void anotherEpochIsNoRecoveryAndAnEmptyOneIsAny() {
        assertThat(Recovery.ofStream(new StreamPosition(3, "old"), page(4, 4)).recovered())
                .isFalse();
        assertThat(Recovery.ofStream(new StreamPosition(3, ""), page(4, 4)).recovered())
                .isTrue();
    }

    @Test
    void inCacheModeTheNewestPublicationIsEnough() {
        Recovery recovery = Recovery.ofCache(new StreamPosition(3, "old"), page(9, 9));
        assertThat(recovery.recovered()).isTrue();
        assertThat(offsets(recovery)).containsExactly(9L);
    }

    @Test
    void inCacheModeWhoHasTheNewestGetsItNotAgain() {
        assertThat(Recovery.ofCache(AT_3, page(3, 3))).isEqualTo(new Recovery(true, List.of(), 3));
    }

    @Test
    void inCacheModeAnEmptyChannelIsNoRecovery() {
        assertThat(Recovery.ofCache(StreamPosition.START, page(0)).recovered()).isFalse();
        assertThat(Recovery.ofCache(new StreamPosition(3, "old"), page(9)).recovered())
                .isFalse();
    }
}
