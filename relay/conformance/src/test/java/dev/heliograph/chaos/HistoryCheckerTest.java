package dev.heliograph.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.chaos.HistoryChecker.Message;
import dev.heliograph.chaos.HistoryChecker.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The checker is trusted with the promise that nothing is lost: it is shown every kind of broken history.
class HistoryCheckerTest {

    private static final int MESSAGES = 1_000;

    private final HistoryChecker checker = new HistoryChecker();

    private static Message message(int number) {
        return new Message(number % 3, number);
    }

    private static Place place(int offset) {
        return new Place("e", offset);
    }

    private HistoryChecker.Reader reader(String name, Place beginning) {
        HistoryChecker.Reader reader = checker.reader(name);
        reader.began(beginning);
        return reader;
    }

    private void acknowledged(int from, int to, String epoch) {
        for (int i = from; i <= to; i++) {
            checker.acknowledged(message(i), new Place(epoch, i));
        }
    }

    private static void heard(HistoryChecker.Reader reader, int from, int to, String epoch) {
        for (int i = from; i <= to; i++) {
            reader.heard(new Place(epoch, i), message(i));
        }
    }

    /// All messages in order, as a broker that works would tell them.
    private static List<Integer> order() {
        List<Integer> order = new ArrayList<>();
        for (int i = 1; i <= MESSAGES; i++) {
            order.add(i);
        }
        return order;
    }

    /// What the checker says if a broker changes the order of deliveries; offsets stay with their messages. A
    /// negative number is the word that everything up to there can not be recovered.
    private List<String> faults(Consumer<List<Integer>> change) {
        acknowledged(1, MESSAGES, "e");
        heard(reader("good", place(0)), 1, MESSAGES, "e");
        List<Integer> changed = order();
        change.accept(changed);
        HistoryChecker.Reader reader = reader("other", place(0));
        changed.forEach(number -> {
            if (number < 0) {
                reader.unrecovered(place(-number));
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
                    order.add(400, -500);
                }))
                .isEmpty();
    }

    @Test
    void aGapThatWasToldExcusesNoOther() {
        assertThat(faults(order -> {
                    order.remove(600);
                    order.subList(400, 500).clear();
                    order.add(400, -500);
                }))
                .hasSize(2);
    }

    @Test
    void aGapThatWasToldExcusesNothingBeforeIt() {
        assertThat(faults(order -> {
                    order.subList(400, 500).clear();
                    order.add(400, -500);
                    order.remove(300);
                }))
                .anyMatch(each -> each.contains("is lost"))
                .hasSize(2);
    }

    @Test
    void aGapThatWasToldReachesNoFurtherThanWasSaid() {
        assertThat(faults(order -> {
                    order.subList(400, 501).clear();
                    order.add(400, -500);
                }))
                .hasSize(2);
    }

    @Test
    void aGapThatWasToldAtTheEndHidesNothingBehindIt() {
        assertThat(faults(order -> {
                    order.subList(900, MESSAGES).clear();
                    order.add(-990);
                }))
                .hasSize(10)
                .allMatch(each -> each.contains("is lost"));
    }

    @Test
    void whoBeganLateMissesOnlyWhatWasBefore() {
        acknowledged(1, 10, "e");
        heard(reader("late", place(4)), 5, 10, "e");
        assertThat(checker.faults()).isEmpty();
    }

    @Test
    void whoBeganLateMissesNothingBehindItsBeginning() {
        acknowledged(1, 10, "e");
        heard(reader("late", place(3)), 5, 10, "e");
        assertThat(checker.faults()).anyMatch(each -> each.contains("is lost")).hasSize(2);
    }

    @Test
    void aMessageThatWasStoredTwiceIsFound() {
        checker.acknowledged(message(1), place(1));
        HistoryChecker.Reader reader = reader("other", place(0));
        reader.heard(place(1), message(1));
        reader.heard(place(2), message(1));
        assertThat(checker.faults()).singleElement().asString().contains("was published before");
    }

    @Test
    void whatWasBeforeTheBeginningIsNotHeard() {
        acknowledged(1, 10, "e");
        HistoryChecker.Reader late = reader("late", place(4));
        late.heard(place(3), message(3));
        heard(late, 5, 10, "e");
        assertThat(checker.faults()).singleElement().asString().contains("comes behind");
    }

    @Test
    void aPublisherWhoseMessagesAreStoredInAnotherOrderIsFound() {
        checker.acknowledged(message(4), place(1));
        checker.acknowledged(message(1), place(2));
        HistoryChecker.Reader reader = reader("other", place(0));
        reader.heard(place(1), message(4));
        reader.heard(place(2), message(1));
        assertThat(checker.faults()).singleElement().asString().contains("comes behind number 4");
    }

    @Test
    void twoMessagesThatWereAcknowledgedAtOnePlaceAreFound() {
        checker.acknowledged(message(1), place(1));
        checker.acknowledged(message(2), place(1));
        reader("other", place(0)).heard(place(1), message(1));
        assertThat(checker.faults())
                .hasSize(2)
                .anyMatch(each -> each.contains("were both put at"))
                .anyMatch(each -> each.contains("is lost"));
    }

    @Test
    void aMessageThatWasAcknowledgedAtTwoPlacesIsFound() {
        checker.acknowledged(message(1), place(1));
        checker.acknowledged(message(1), place(2));
        assertThat(checker.faults()).singleElement().asString().contains("was put at");
    }

    @Test
    void anOffsetThatMeansDifferentMessagesIsFound() {
        checker.acknowledged(message(1), place(1));
        checker.unsure(message(2));
        reader("one", place(0)).heard(place(1), message(1));
        reader("other", place(0)).heard(place(1), message(2));
        assertThat(checker.faults()).anyMatch(each -> each.contains("but there is"));
    }

    @Test
    void aMessageThatNobodyPublishedIsFound() {
        reader("other", place(0)).heard(place(1), message(1));
        assertThat(checker.faults()).singleElement().asString().contains("nobody published");
    }

    @Test
    void aReaderThatHeardNothingIsFound() {
        checker.acknowledged(message(1), place(1));
        checker.reader("deaf");
        assertThat(checker.faults()).containsExactly("deaf: it heard nothing");
    }

    @Test
    void aMessageWithoutAnswerMayBeThereOrNot() {
        checker.acknowledged(message(1), place(1));
        checker.unsure(message(2));
        checker.unsure(message(3));
        heard(reader("other", place(0)), 1, 2, "e");
        assertThat(checker.faults()).isEmpty();
    }

    @Test
    void ofManyFaultsTheFirstAreTold() {
        acknowledged(1, 5_000, "e");
        reader("other", place(0));
        assertThat(checker.faults()).hasSize(1_001).last().isEqualTo("and 4000 more");
    }

    // ---- streams that go on under another epoch ----

    @Test
    void anEpochThatChangesWithoutAWordIsFound() {
        checker.acknowledged(message(1), place(1));
        checker.acknowledged(message(2), new Place("f", 2));
        HistoryChecker.Reader reader = reader("other", place(0));
        reader.heard(place(1), message(1));
        reader.heard(new Place("f", 2), message(2));
        assertThat(checker.faults()).singleElement().asString().contains("comes right behind");
    }

    @Test
    void aStreamMayGoOnUnderAnotherEpoch() {
        acknowledged(1, 100, "e");
        acknowledged(101, 200, "f");
        HistoryChecker.Reader reader = reader("other", place(0));
        heard(reader, 1, 90, "e");
        reader.continuedIn("f");
        heard(reader, 91, 200, "f");
        assertThat(checker.faults()).isEmpty();
        assertThat(checker.gaps()).isZero();
    }

    @Test
    void aStreamMayGoOnUnderAThirdEpochBeforeItWasHeardInTheSecond() {
        acknowledged(1, 100, "e");
        acknowledged(101, 150, "g");
        HistoryChecker.Reader reader = reader("other", place(0));
        heard(reader, 1, 100, "e");
        reader.continuedIn("f");
        reader.continuedIn("g");
        heard(reader, 101, 150, "g");
        assertThat(checker.faults()).isEmpty();
    }

    @Test
    void aMessageThatIsLostWhereAStreamGoesOnIsFound() {
        acknowledged(1, 100, "e");
        acknowledged(102, 200, "f");
        HistoryChecker.Reader reader = reader("other", place(0));
        heard(reader, 1, 100, "e");
        reader.continuedIn("f");
        heard(reader, 102, 200, "f");
        assertThat(checker.faults()).singleElement().asString().contains("comes right behind");
    }

    @Test
    void anAcknowledgedMessageThatDidNotSurviveTheChangeOfEpochIsLost() {
        acknowledged(1, 100, "e");
        for (int i = 101; i <= 200; i++) {
            checker.acknowledged(message(i), new Place("f", i - 10));
        }
        HistoryChecker.Reader reader = reader("other", place(0));
        heard(reader, 1, 90, "e");
        reader.continuedIn("f");
        for (int i = 101; i <= 200; i++) {
            reader.heard(new Place("f", i - 10), message(i));
        }
        assertThat(checker.faults()).hasSize(10).allMatch(each -> each.contains("is lost"));
    }

    @Test
    void whoHadMoreThanSurvivedIsToldSo() {
        acknowledged(1, 90, "e");
        for (int i = 91; i <= 100; i++) {
            checker.unsure(message(i));
            // They are published again.
            checker.acknowledged(message(i), new Place("f", i));
        }
        acknowledged(101, 200, "f");
        HistoryChecker.Reader behind = reader("behind", place(0));
        heard(behind, 1, 80, "e");
        behind.continuedIn("f");
        heard(behind, 81, 200, "f");
        HistoryChecker.Reader ahead = reader("ahead", place(0));
        heard(ahead, 1, 95, "e");
        ahead.unrecovered(new Place("f", 90));
        heard(ahead, 91, 200, "f");
        assertThat(checker.faults()).isEmpty();
        assertThat(checker.gaps()).isEqualTo(1);
    }

    @Test
    void whoHadMoreThanSurvivedAndIsNotToldIsFound() {
        acknowledged(1, 90, "e");
        for (int i = 91; i <= 100; i++) {
            checker.unsure(message(i));
        }
        for (int i = 101; i <= 200; i++) {
            checker.acknowledged(message(i), new Place("f", i - 10));
        }
        HistoryChecker.Reader ahead = reader("ahead", place(0));
        heard(ahead, 1, 100, "e");
        ahead.continuedIn("f");
        for (int i = 111; i <= 200; i++) {
            ahead.heard(new Place("f", i - 10), message(i));
        }
        assertThat(checker.faults())
                .anyMatch(each -> each.contains("is lost"))
                .anyMatch(each -> each.contains("was said to go on"));
    }

    @Test
    void aMessageThatWasAcknowledgedInTheNewEpochThoughItIsInTheOldOneIsNoFault() {
        acknowledged(1, 90, "e");
        acknowledged(91, 200, "f");
        HistoryChecker.Reader early = reader("early", place(0));
        heard(early, 1, 100, "e");
        early.continuedIn("f");
        heard(early, 101, 200, "f");
        assertThat(checker.faults()).isEmpty();
    }

    @Test
    void aGapOverAWholeEpochExcusesItAndNoLaterOne() {
        acknowledged(1, 100, "e");
        acknowledged(101, 110, "f");
        acknowledged(201, 210, "g");
        acknowledged(301, 310, "h");
        HistoryChecker.Reader reader = reader("other", place(0));
        heard(reader, 1, 100, "e");
        reader.unrecovered(new Place("g", 200));
        heard(reader, 201, 210, "g");
        assertThat(checker.faults()).hasSize(10).allMatch(each -> each.contains("epoch=h"));
    }
}
