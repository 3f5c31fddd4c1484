package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.conformance.HistoryChecker.Message;
import dev.heliograph.conformance.HistoryChecker.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The checker is trusted with the promise that nothing is lost: it is shown every kind of broken history.
class HistoryCheckerTest {

    private static final int MESSAGES = 1_000;

    private final HistoryChecker checker = new HistoryChecker();

    private static Message message(int number) {
        return new Message("p" + number % 3, number);
    }

    private static Place place(int offset) {
        return new Place("e", offset);
    }

    /// All messages in order, as a broker that works would tell them.
    private static List<Integer> order() {
        List<Integer> order = new ArrayList<>();
        for (int i = 1; i <= MESSAGES; i++) {
            order.add(i);
        }
        return order;
    }

    /// What the checker says if a broker changes the order of deliveries; offsets stay with their messages.
    private List<String> faults(Consumer<List<Integer>> change) {
        order().forEach(number -> checker.acknowledged(message(number), place(number)));
        HistoryChecker.Reader good = checker.reader("good");
        order().forEach(number -> good.heard(place(number), message(number)));
        List<Integer> changed = order();
        change.accept(changed);
        HistoryChecker.Reader reader = checker.reader("other");
        changed.forEach(number -> {
            if (number == 0) {
                reader.unrecovered();
            } else {
                reader.heard(place(number), message(number));
            }
        });
        return checker.faults();
    }

    @Test
    void aWholeHistoryHasNoFaults() {
        assertThat(faults(_ -> {})).isEmpty();
    }

    @Test
    void aLostMessageIsFound() {
        assertThat(faults(order -> order.remove(500))).hasSize(2).anyMatch(each -> each.contains("is lost"));
    }

    @Test
    void aLostLastMessageIsFound() {
        assertThat(faults(order -> order.removeLast()))
                .singleElement()
                .asString()
                .contains("is lost");
    }

    @Test
    void messagesInAnotherOrderAreFound() {
        assertThat(faults(order -> order.add(500, order.remove(501)))).isNotEmpty();
    }

    @Test
    void aRecoveryThatOverlapsIsNoFault() {
        assertThat(faults(order -> order.addAll(500, order().subList(450, 500))))
                .isEmpty();
    }

    @Test
    void aGapThatWasToldIsNoFault() {
        assertThat(faults(order -> {
                    order.subList(400, 500).clear();
                    order.add(400, 0);
                }))
                .isEmpty();
    }

    @Test
    void aGapThatWasToldExcusesNoOther() {
        assertThat(faults(order -> {
                    order.remove(600);
                    order.subList(400, 500).clear();
                    order.add(400, 0);
                }))
                .hasSize(2);
    }

    @Test
    void whoBeganLateMissesOnlyWhatWasBefore() {
        assertThat(faults(order -> order.subList(0, 300).clear())).isEmpty();
    }

    @Test
    void aMessageThatWasStoredTwiceIsFound() {
        checker.acknowledged(message(1), place(1));
        HistoryChecker.Reader reader = checker.reader("other");
        reader.heard(place(1), message(1));
        reader.heard(place(2), message(1));
        assertThat(checker.faults()).singleElement().asString().contains("was published before");
    }

    @Test
    void anOffsetThatMeansDifferentMessagesIsFound() {
        checker.acknowledged(message(1), place(1));
        checker.unsure(message(2));
        checker.reader("one").heard(place(1), message(1));
        checker.reader("other").heard(place(1), message(2));
        assertThat(checker.faults()).anyMatch(each -> each.contains("but there is"));
    }

    @Test
    void aMessageThatNobodyPublishedIsFound() {
        checker.reader("other").heard(place(1), message(1));
        assertThat(checker.faults()).singleElement().asString().contains("nobody published");
    }

    @Test
    void aReaderThatHeardNothingIsFound() {
        checker.acknowledged(message(1), place(1));
        checker.reader("deaf");
        assertThat(checker.faults()).containsExactly("deaf: it heard nothing");
    }

    @Test
    void anEpochThatChangesWithoutAWordIsFound() {
        checker.acknowledged(message(1), place(1));
        checker.acknowledged(message(2), new Place("f", 1));
        HistoryChecker.Reader reader = checker.reader("other");
        reader.heard(place(1), message(1));
        reader.heard(new Place("f", 1), message(2));
        assertThat(checker.faults()).singleElement().asString().contains("comes right behind");
    }

    @Test
    void aMessageWithoutAnswerMayBeThereOrNot() {
        checker.acknowledged(message(1), place(1));
        checker.unsure(message(2));
        checker.unsure(message(3));
        HistoryChecker.Reader reader = checker.reader("other");
        reader.heard(place(1), message(1));
        reader.heard(place(2), message(2));
        assertThat(checker.faults()).isEmpty();
    }
}
