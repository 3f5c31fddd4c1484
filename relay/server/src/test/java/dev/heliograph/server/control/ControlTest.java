package dev.heliograph.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.cluster.Bus;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.control.sql.SqlStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One node that is alone.
class ControlTest {

    private final ManualClock clock = new ManualClock();
    private final Heard heard = new Heard();
    private final ControlStore store = SqlStore.inMemory(clock, ControlStoreContract.RETENTION);
    private Control control;

    @BeforeEach
    void create() {
        control = control(store);
        control.listen(Note.TYPE, heard);
    }

    private Control control(ControlStore keeper) {
        Node node = new Node("n", "n", "n:8000", "1", "", 1, false, new Node.Load(0, 0, 0, 0, 0, 1, 0, 0, 0));
        return new Control(keeper, new Cluster(Bus.none(), () -> node), clock);
    }

    @AfterEach
    void close() {
        control.close();
    }

    private Commit commit(Edit<?>... edits) {
        return control.commit(List.of(edits), Note.line("ann", "x"));
    }

    private long in(Duration time) {
        return clock.millis() + time.toMillis();
    }

    @Test
    void listenersHearAllDocumentsAndThenTheChanges() {
        store.commit(List.of(Note.put("a", "1"), Note.put("b", "1")), Note.line("ann", "x"));
        store.commit(List.of(Note.put("c", "2"), Note.delete("a")), Note.line("ann", "x"));
        control.start();
        assertThat(control.isLoaded()).isTrue();
        assertThat(heard.words).containsExactly("b=1", "c=2");
        commit(Note.put("a", "3"));
        commit(Note.delete("b"), Note.put("c", "4"));
        assertThat(heard.words.subList(2, 3)).containsExactly("a=3");
        assertThat(heard.words.subList(3, 5)).containsExactlyInAnyOrder("-b", "c=4");
        assertThat(heard.words).hasSize(5);
    }

    @Test
    void aCommitIsInForceWhenItReturns() {
        control.start();
        for (int i = 1; i <= 20; i++) {
            assertThat(commit(Note.put("a", "" + i))).isEqualTo(new Commit(i, List.of()));
            assertThat(heard.words).endsWith("a=" + i).hasSize(i);
        }
        assertThat(control.find(Note.TYPE, "a")).contains(new Document<>("a", new Note("20"), 20, 0));
        assertThat(control.all(Note.TYPE)).hasSize(1);
        assertThat(control.audit(Note.all(100)).entries()).hasSize(20);
    }

    @Test
    void aConflictChangesNothing() {
        control.start();
        commit(Note.put("a", "1"));
        assertThatThrownBy(() -> commit(Note.put("a", "2", 0, 0))).isInstanceOf(ConflictException.class);
        assertThat(heard.words).containsExactly("a=1");
    }

    @Test
    void aDocumentEndsByTheClock() {
        control.start();
        commit(Note.put("a", "1", in(Duration.ofHours(1)), 0), Note.put("b", "1", in(Duration.ofHours(2)), 0));
        assertThat(control.all(Note.TYPE)).hasSize(2);
        clock.pass(Duration.ofHours(1));
        // At once for who asks, and soon for who listens.
        assertThat(control.all(Note.TYPE)).extracting(Document::id).containsExactly("b");
        assertThat(control.find(Note.TYPE, "a")).isEmpty();
        await().until(() -> heard.words.contains("-a"));
        assertThat(heard.words).doesNotContain("-b");
        clock.pass(Duration.ofHours(1));
        await().until(() -> heard.words.contains("-b"));
    }

    @Test
    void anExpiryThatWasChangedHoldsNoMore() {
        control.start();
        commit(Note.put("a", "1", in(Duration.ofHours(1)), 0), Note.put("b", "1", in(Duration.ofHours(1)), 0));
        commit(Note.put("a", "2", in(Duration.ofHours(3)), Edit.ANY), Note.put("b", "2", 0, Edit.ANY));
        commit(Note.put("c", "3", in(Duration.ofHours(2)), 0));
        clock.pass(Duration.ofHours(2));
        await().until(() -> heard.words.contains("-c"));
        assertThat(control.all(Note.TYPE)).extracting(Document::id).containsExactlyInAnyOrder("a", "b");
        assertThat(heard.words).doesNotContain("-a", "-b");
    }

    @Test
    void whatHasExpiredIsNotHeardOfAtTheStart() {
        store.commit(
                List.of(Note.put("a", "1", in(Duration.ofHours(1)), 0), Note.put("b", "1")), Note.line("ann", "x"));
        clock.pass(Duration.ofHours(1));
        control.start();
        assertThat(heard.words).containsExactly("b=1");
    }

    @Test
    void whatIsPutIntoThePastIsRemoved() {
        control.start();
        commit(Note.put("a", "1"));
        commit(Note.put("a", "2", in(Duration.ofHours(-1)), 1));
        assertThat(heard.words).containsExactly("a=1", "-a");
        assertThat(control.find(Note.TYPE, "a")).isEmpty();
    }

    @Test
    void aListenerThatFailsKeepsNobodyWaiting() {
        DocumentListener<Note> failing = new DocumentListener<>() {
            @Override
            public void put(Document<Note> document) {
                throw new IllegalStateException("it fails");
            }

            @Override
            public void removed(String id) {
                throw new IllegalStateException("it fails");
            }
        };
        Control other = control(SqlStore.inMemory(clock, ControlStoreContract.RETENTION));
        Heard after = new Heard();
        other.listen(Note.TYPE, failing);
        other.listen(Note.TYPE, after);
        try (other) {
            other.start();
            other.commit(List.of(Note.put("a", "1"), Note.put("b", "1")), Note.line("ann", "x"));
            other.commit(List.of(Note.delete("a")), Note.line("ann", "x"));
            assertThat(after.words)
                    .containsExactlyInAnyOrder("a=1", "b=1", "-a")
                    .endsWith("-a");
        }
    }

    @Test
    void aTypeThatNobodyKnewIsReadWhenSomebodyAsks() {
        control.start();
        DocumentType<Integer> number = new DocumentType<>("number", Integer.class);
        store.commit(
                List.of(
                        new Edit.Put<>(number, "a", 7, in(Duration.ofHours(1)), 0),
                        new Edit.Put<>(number, "b", 8, 0, 0)),
                Note.line("ann", "x"));
        commit(Note.put("n", "1"));
        assertThat(control.all(number)).extracting(Document::body).containsExactlyInAnyOrder(7, 8);
        clock.pass(Duration.ofHours(1));
        assertThat(control.all(number)).extracting(Document::body).containsExactly(8);
        commit(new Edit.Put<>(number, "b", 9, 0, 1));
        assertThat(control.find(number, "b"))
                .hasValueSatisfying(b -> assertThat(b.body()).isEqualTo(9));
    }

    @Test
    void aDocumentThatCannotBeReadIsNotInForce() {
        control.start();
        commit(Note.put("a", "1"), Note.put("b", "1"));
        DocumentType<List> other = new DocumentType<>("note", List.class);
        store.commit(List.of(new Edit.Put<>(other, "a", List.of(1), 0, 1)), Note.line("ann", "x"));
        commit(Note.put("c", "1"));
        assertThat(control.all(Note.TYPE)).extracting(Document::id).containsExactlyInAnyOrder("b", "c");
        assertThat(heard.words).contains("-a");
        commit(Note.put("a", "2"));
        assertThat(control.find(Note.TYPE, "a")).isPresent();
    }

    @Test
    void oneNameIsOneType() {
        assertThatThrownBy(() -> control.all(new DocumentType<>("note", Integer.class)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listenersComeBeforeTheStart() {
        control.start();
        assertThatThrownBy(() -> control.listen(Note.TYPE, heard)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void commitsOfOthersAreFoundWithoutAQuestion() {
        control.start();
        store.commit(List.of(Note.put("a", "1")), Note.line("ann", "x"));
        await().until(() -> heard.words.contains("a=1"));
    }

    @Test
    void whatTheStoreHasLostIsRemovedAndTheRestLeftAlone() {
        control.start();
        commit(Note.put("a", "1"), Note.put("b", "1"), Note.put("c", "1"));
        commit(Note.put("b", "2"));
        for (int i = 0; i < 1_010; i++) {
            store.commit(List.of(i == 0 ? Note.delete("c") : Note.put("d", "" + i)), Note.line("ann", "x"));
        }
        await().until(() -> heard.words.contains("d=1009"));
        assertThat(heard.words).containsOnlyOnce("a=1", "b=2", "-c");
        assertThat(control.all(Note.TYPE)).extracting(Document::id).containsExactlyInAnyOrder("a", "b", "d");
    }
}
