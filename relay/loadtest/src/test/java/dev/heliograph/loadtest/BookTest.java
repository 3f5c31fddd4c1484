package dev.heliograph.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BookTest {

    private final Channel channel = new Channel("chat:1");
    private final Book book = new Book(List.of(channel), 2);

    private Figures interval(int number) {
        return book.intervals().get(number);
    }

    private void acknowledge() {
        channel.begin();
        channel.acknowledge(System.nanoTime());
    }

    @Test
    void whatHappensCountsInItsIntervalAndInTheWhole() {
        book.add(each -> each.clients.add(new End.Cut("closed")));
        book.mark("second");
        book.add(each -> each.clients.add(new End.Cut("closed")));
        book.add(each -> each.visitors.add(new End.Cut("closed")));
        assertThat(interval(0).abrupt()).isEqualTo(1);
        assertThat(interval(1).abrupt()).isEqualTo(2);
        assertThat(book.whole().abrupt()).isEqualTo(3);
    }

    @Test
    void anIntervalBeginsWhereTheChannelsAre() {
        acknowledge();
        acknowledge();
        book.mark("second");
        assertThat(interval(0).from).containsExactly(0);
        assertThat(interval(1).from).containsExactly(2);
    }

    @Test
    void whatPublishersCountedGoesToTheIntervalInWhichItHappened() {
        book.publishFailed("503");
        book.mark("second");
        book.publishFailed("503");
        book.settle();
        assertThat(interval(0).publishErrors).containsEntry("503", 1L);
        assertThat(interval(1).publishErrors).containsEntry("503", 1L);
        assertThat(book.whole().publishErrors).containsEntry("503", 2L);
    }

    @Test
    void allAreBackWhenTheLastOneIs() {
        assertThat(interval(0).back).isFalse();
        book.came();
        assertThat(book.allLive()).isFalse();
        book.came();
        assertThat(interval(0).back).isTrue();
        book.went();
        book.mark("one is away");
        assertThat(interval(0).back).isFalse();
        assertThat(interval(1).back).isFalse();
        book.came();
        assertThat(interval(1).back).isTrue();
        assertThat(interval(1).backAt).isGreaterThan(interval(1).began);
        assertThat(interval(0).back).isFalse();
        book.mark("nobody is away");
        assertThat(interval(2).back).isTrue();
        assertThat(interval(2).backAt).isEqualTo(interval(2).began);
    }

    @Test
    void anAnswerThatAsksToWaitIsARejectionAndAFailedHandshake() {
        book.add(each -> each.clients.add(new End.Refused("503", false)));
        book.add(each -> each.clients.add(new End.Refused("503", true)));
        book.add(each -> each.visitors.add(new End.Refused("ConnectException", true)));
        assertThat(book.whole().failedHandshakes()).isEqualTo(3);
        assertThat(book.whole().clients.rejected()).isEqualTo(1);
    }
}
