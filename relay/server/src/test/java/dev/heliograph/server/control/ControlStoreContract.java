package dev.heliograph.server.control;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.heliograph.server.control.ControlStore.Snapshot;
import dev.heliograph.server.control.ControlStore.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [ControlStore] does: a test of an implementation extends this.
abstract class ControlStoreContract {

    static final Duration RETENTION = Duration.ofDays(90);

    private static final DocumentType<Integer> NUMBER = new DocumentType<>("number", Integer.class);

    ControlStore store;

    /// A store with nothing in it.
    abstract ControlStore create();

    /// The store of the last [#create], which is closed, again.
    abstract ControlStore reopen();

    @BeforeEach
    void createStore() {
        store = create();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private long commit(Edit<?>... edits) {
        return store.commit(List.of(edits), Note.line("ann", "x"));
    }

    /// `id=text@revision`, and `id@revision` for one that is not there any more.
    private static List<String> words(Snapshot snapshot) {
        return snapshot.documents().stream().map(ControlStoreContract::word).toList();
    }

    private static String word(Stored stored) {
        return stored.json() == null
                ? stored.id() + "@" + stored.revision()
                : stored.id() + "=" + stored.json().text().replaceAll("\\{\"text\":\"(.*)\"}", "$1") + "@"
                        + stored.revision();
    }

    private List<String> changesSince(long revision) {
        return words(store.changesSince(revision).orElseThrow());
    }

    private List<String> targets(AuditQuery query) {
        return store.audit(query).entries().stream().map(AuditEntry::target).toList();
    }

    /// Runs the tasks at the same moment and returns their results.
    static <T> List<T> inParallel(int count, Callable<T> task) throws Exception {
        CountDownLatch ready = new CountDownLatch(count);
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return task.call();
                }));
            }
            for (Future<T> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }

    // ---- documents ----

    @Test
    void aNewStoreIsEmpty() {
        assertThat(store.revision()).isZero();
        assertThat(store.snapshot()).isEqualTo(new Snapshot(0, List.of()));
        assertThat(store.changesSince(0)).contains(new Snapshot(0, List.of()));
        assertThat(store.audit(Note.all(10))).isEqualTo(new AuditPage(List.of(), false));
    }

    @Test
    void aCommitWithoutALineChangesDocumentsAndNotTheRecord() {
        commit(Note.put("a", "1"));
        assertThat(store.commit(List.of(Note.put("a", "2")), Optional.empty())).isEqualTo(2);
        assertThat(words(store.snapshot())).containsExactly("a=2@2");
        assertThat(changesSince(1)).containsExactly("a=2@2");
        assertThat(store.audit(Note.all(10)).entries()).hasSize(1);
        assertThatThrownBy(() -> store.commit(List.of(Note.put("a", "3", 0, 1)), Optional.empty()))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void aCommitIsOneRevisionOfAllItsDocuments() {
        assertThat(commit(Note.put("a", "1"), Note.put("b", "2"))).isEqualTo(1);
        assertThat(commit(Note.put("a", "3"), Note.delete("b"), Note.put("c", "4")))
                .isEqualTo(2);
        assertThat(store.revision()).isEqualTo(2);
        assertThat(store.snapshot().revision()).isEqualTo(2);
        assertThat(words(store.snapshot())).containsExactlyInAnyOrder("a=3@2", "c=4@2");
    }

    @Test
    void whatIsCommittedIsThereAfterARestart() {
        commit(Note.put("a", "1"), Note.put("b", "2", 4_000_000_000_000L, 0));
        commit(new Edit.Put<>(NUMBER, "a", 7, 0, 0), Note.delete("a"));
        store.record(Note.line("bob", "y"));
        List<AuditEntry> record = store.audit(Note.all(10)).entries();
        Snapshot before = store.snapshot();
        store.close();
        store = reopen();
        assertThat(store.snapshot()).isEqualTo(before);
        assertThat(words(before)).containsExactlyInAnyOrder("b=2@1", "a=7@2");
        assertThat(store.audit(Note.all(10)).entries()).hasSize(3).isEqualTo(record);
        assertThat(commit(Note.put("c", "3"))).isGreaterThan(2);
        assertThat(targets(Note.all(1))).containsExactly("x");
    }

    @Test
    void changesComeInTheOrderOfTheCommits() {
        commit(Note.put("a", "1"));
        commit(Note.put("b", "2"));
        commit(Note.put("c", "3"));
        commit(Note.put("a", "4"));
        commit(Note.delete("b"));
        assertThat(changesSince(0)).containsExactly("c=3@3", "a=4@4", "b@5");
        assertThat(changesSince(3)).containsExactly("a=4@4", "b@5");
        assertThat(changesSince(5)).isEmpty();
        commit(Note.put("b", "6"));
        assertThat(changesSince(4)).containsExactly("b=6@6");
        assertThat(store.changesSince(4).orElseThrow().revision()).isEqualTo(6);
    }

    @Test
    void aRevisionThatIsNotKnownHasNoChanges() {
        commit(Note.put("a", "1"));
        assertThat(store.changesSince(2)).isEmpty();
    }

    @Test
    void changesOfLongAgoAreForgotten() {
        for (int i = 0; i < 1_010; i++) {
            commit(Note.put("a" + i % 10, "" + i));
        }
        assertThat(store.changesSince(5)).isEmpty();
        assertThat(changesSince(1_005)).hasSize(5);
        assertThat(store.snapshot().documents()).hasSize(10);
    }

    @Test
    void deletingNothingIsNoError() {
        long revision = commit(Note.delete("a"));
        assertThat(store.revision()).isEqualTo(revision);
        assertThat(store.changesSince(0).orElseThrow().revision()).isEqualTo(revision);
        assertThat(store.snapshot().documents()).isEmpty();
    }

    @Test
    void typesDoNotMix() {
        commit(Note.put("a", "1"), new Edit.Put<>(NUMBER, "a", 2, 0, 0));
        commit(new Edit.Delete<>(NUMBER, "a", 1));
        assertThat(store.snapshot().documents())
                .extracting(Stored::type, Stored::id)
                .containsExactly(tuple("note", "a"));
    }

    @Test
    void anyTextIsKeptAsItIs() {
        String id = "::1/128 \n\t\"'\\;%_\u0000 \u00e4 \ud83d\ude00";
        commit(Note.put(id, id));
        commit(Note.put(id, id + "2", 0, 1));
        Stored stored = store.snapshot().documents().getFirst();
        assertThat(stored.id()).isEqualTo(id);
        assertThat(stored.json()).isEqualTo(ControlJson.write(new Note(id + "2")));
        commit(new Edit.Delete<>(Note.TYPE, id, 2));
        assertThat(store.snapshot().documents()).isEmpty();
    }

    // ---- expectations ----

    @Test
    void aDocumentThatIsNotAsExpectedFailsTheWholeCommit() {
        commit(Note.put("a", "1"));
        commit(Note.put("b", "2"));
        List<AuditEntry> record = store.audit(Note.all(10)).entries();
        for (Edit<?> wrong : List.of(
                Note.put("a", "x", 0, 2),
                Note.put("a", "x", 0, 0),
                Note.put("c", "x", 0, 1),
                new Edit.Delete<>(Note.TYPE, "a", 2),
                new Edit.Delete<>(Note.TYPE, "c", 2))) {
            assertThatThrownBy(() -> commit(Note.put("d", "x"), wrong)).isInstanceOf(ConflictException.class);
        }
        assertThat(words(store.snapshot())).containsExactlyInAnyOrder("a=1@1", "b=2@2");
        assertThat(store.revision()).isEqualTo(2);
        assertThat(store.audit(Note.all(10)).entries()).isEqualTo(record);
    }

    @Test
    void aConflictTellsWhatIsThere() {
        commit(Note.put("a", "1"));
        assertThatThrownBy(() -> commit(Note.put("a", "x", 0, 0)))
                .hasMessageContaining("note 'a' is there, at revision 1");
        assertThatThrownBy(() -> commit(Note.put("b", "x", 0, 1))).hasMessageContaining("note 'b' is not there");
    }

    @Test
    void aDocumentThatIsAsExpectedIsWritten() {
        assertThat(commit(Note.put("a", "1", 0, 0))).isEqualTo(1);
        assertThat(commit(Note.put("a", "2", 0, 1))).isEqualTo(2);
        assertThat(commit(new Edit.Delete<>(Note.TYPE, "a", 2))).isEqualTo(3);
        assertThat(commit(Note.put("a", "4", 0, 0))).isEqualTo(4);
        assertThat(words(store.snapshot())).containsExactly("a=4@4");
    }

    @Test
    void oneOfThoseThatExpectTheSameWins() throws Exception {
        long first = commit(new Edit.Put<>(NUMBER, "n", 0, 0, 0));
        int rounds = 10;
        List<Integer> wins = inParallel(4, () -> {
            int won = 0;
            while (won < rounds) {
                Stored now = store.snapshot().documents().getFirst();
                int next = ControlJson.read(requireNonNull(now.json()), Integer.class) + 1;
                try {
                    commit(new Edit.Put<>(NUMBER, "n", next, 0, now.revision()));
                    won++;
                } catch (ConflictException _) {
                    // Another one was faster.
                }
            }
            return won;
        });
        assertThat(wins).containsOnly(rounds);
        assertThat(words(store.snapshot())).containsExactly("n=40@" + (first + 40));
        assertThat(store.audit(Note.all(100)).entries()).hasSize(41);
    }

    @Test
    void commitsAtOnceHaveRevisionsOfTheirOwn() throws Exception {
        List<List<Long>> revisions = inParallel(8, () -> {
            List<Long> mine = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                mine.add(commit(Note.put(Thread.currentThread().threadId() + "/" + i, "x")));
            }
            return mine;
        });
        assertThat(revisions.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 80).boxed().toList());
        assertThat(changesSince(0)).hasSize(80);
    }

    // ---- expiry ----

    @Test
    void whatHasExpiredCountsAsNotThere() {
        long past = System.currentTimeMillis() - 1_000;
        long revision = commit(Note.put("a", "1", past, 0));
        assertThatThrownBy(() -> commit(Note.put("a", "x", 0, revision))).isInstanceOf(ConflictException.class);
        commit(Note.put("a", "2", 0, 0));
        assertThat(words(store.snapshot())).containsExactly("a=2@2");
    }

    @Test
    void whatExpiredLongAgoIsForgottenWithLaterCommits() {
        long past = System.currentTimeMillis() - Duration.ofMinutes(10).toMillis();
        long future = System.currentTimeMillis() + Duration.ofMinutes(10).toMillis();
        commit(Note.put("a", "1", past, 0), Note.put("b", "1", future, 0), Note.put("c", "1", past, 0));
        commit(Note.put("c", "2", 0, Edit.ANY));
        commit(Note.put("d", "3"));
        assertThat(words(store.snapshot())).containsExactlyInAnyOrder("b=1@1", "c=2@2", "d=3@3");
    }

    // ---- large commits ----

    @Test
    void aHundredThousandDocumentsAreOneCommit() {
        int count = EncodedEdit.MAX_EDITS;
        List<Edit<Note>> rules = IntStream.range(0, count)
                .mapToObj(i -> Note.put("10." + i, "a rule of an import, number " + i))
                .toList();
        commit(Note.put("a", "1"));
        store.commit(rules, Note.line("ann", "import"));
        Snapshot all = store.snapshot();
        assertThat(all.revision()).isEqualTo(2);
        assertThat(all.documents())
                .hasSize(count + 1)
                .extracting(Stored::revision)
                .endsWith(2L);
        commit(Note.put("b", "2"));
        assertThat(changesSince(2)).containsExactly("b=2@3");

        List<Edit<Note>> one = new ArrayList<>(rules.subList(1, 3_000));
        one.add(Note.put("a", "x", 0, 0));
        assertThatThrownBy(() -> store.commit(one, Note.line("ann", "no import")))
                .isInstanceOf(ConflictException.class);
        assertThat(store.revision()).isEqualTo(3);

        store.commit(
                rules.stream().map(rule -> Note.delete(rule.id())).toList(), Note.line("ann", "the import undone"));
        assertThat(words(store.snapshot())).containsExactlyInAnyOrder("a=1@1", "b=2@3");
        assertThat(targets(Note.all(10))).containsExactly("the import undone", "x", "import", "x");
    }

    @Test
    void whatIsOutOfBoundsIsRefused() {
        List<List<Edit<Note>>> refused = List.of(
                List.of(),
                List.of(Note.put("a", "1"), Note.delete("a")),
                List.of(Note.put("", "1")),
                List.of(Note.put("a".repeat(EncodedEdit.MAX_ID + 1), "1")),
                List.of(Note.put("a", "1".repeat(EncodedEdit.MAX_DOCUMENT))));
        for (List<Edit<Note>> edits : refused) {
            assertThatThrownBy(() -> store.commit(edits, Note.line("ann", "x")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.revision()).isZero();
        commit(Note.put("a".repeat(EncodedEdit.MAX_ID), "1".repeat(EncodedEdit.MAX_DOCUMENT - 100)));
        assertThat(store.snapshot().documents()).hasSize(1);
    }

    // ---- the record ----

    @Test
    void aLineComesBackAsItWas() {
        AuditEntry entry = new AuditEntry(
                "ignored",
                System.currentTimeMillis(),
                "ann",
                "operator",
                "::1",
                "ban.create",
                "10.0.0.0/8",
                "attack \u00e4",
                null,
                JsonNodeFactory.instance.objectNode().put("cidr", "10.0.0.0/8"),
                "ok");
        store.record(entry);
        AuditEntry found = store.audit(Note.all(1)).entries().getFirst();
        assertThat(found.id()).isNotEqualTo("ignored").isNotEmpty();
        assertThat(found).usingRecursiveComparison().ignoringFields("id").isEqualTo(entry);
        assertThat(store.revision()).isZero();
    }

    @Test
    void pagesLeadFromTheNewestLineToTheOldest() {
        for (int i = 0; i < 25; i++) {
            store.record(Note.line("ann", "" + i));
        }
        List<String> targets = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        AuditQuery query = Note.all(10);
        AuditPage page = store.audit(query);
        for (int i = 0; i < 2; i++) {
            assertThat(page.more()).isTrue();
            assertThat(page.entries()).hasSize(10);
            page.entries().forEach(entry -> {
                targets.add(entry.target());
                ids.add(entry.id());
            });
            store.record(Note.line("ann", "later"));
            page = store.audit(new AuditQuery(0, 0, "", "", "", ids.getLast(), 10));
        }
        assertThat(page.more()).isFalse();
        page.entries().forEach(entry -> {
            targets.add(entry.target());
            ids.add(entry.id());
        });
        assertThat(targets)
                .isEqualTo(IntStream.range(0, 25).mapToObj(i -> "" + (24 - i)).toList());
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(store.audit(new AuditQuery(0, 0, "", "", "", ids.getLast(), 10)))
                .isEqualTo(new AuditPage(List.of(), false));
    }

    @Test
    void aPageThatIsJustFullIsTheLast() {
        store.record(Note.line("ann", "1"));
        store.record(Note.line("ann", "2"));
        assertThat(store.audit(Note.all(2)).more()).isFalse();
        assertThat(store.audit(Note.all(1)).more()).isTrue();
    }

    @Test
    void linesAreFoundByWhoWhatWhenAndWhy() {
        long now = System.currentTimeMillis();
        store.record(Note.line(now - 3_000, "ann", "ban.create", "10.0.0.0/8", "Attack"));
        store.record(Note.line(now - 2_000, "bob", "ban.create", "User-42", "spam"));
        store.record(Note.line(now - 1_000, "ann", "ban.delete", "10.0.0.0/8", "over"));
        String first = "10.0.0.0/8";
        assertThat(targets(new AuditQuery(0, 0, "bob", "", "", "", 10))).containsExactly("User-42");
        assertThat(targets(new AuditQuery(0, 0, "", "ban.create", "", "", 10))).containsExactly("User-42", first);
        assertThat(targets(new AuditQuery(0, 0, "ann", "ban.create", "", "", 10)))
                .containsExactly(first);
        assertThat(targets(new AuditQuery(0, 0, "", "", "ATTACK", "", 10))).containsExactly(first);
        assertThat(targets(new AuditQuery(0, 0, "", "", "user-", "", 10))).containsExactly("User-42");
        assertThat(targets(new AuditQuery(0, 0, "", "", "0%", "", 10))).isEmpty();
        assertThat(targets(new AuditQuery(now - 2_000, now - 1_000, "", "", "", "", 10)))
                .containsExactly("User-42");
        assertThat(targets(new AuditQuery(0, 0, "nobody", "", "", "", 10))).isEmpty();
    }

    @Test
    void rareLinesAreFoundAmongMany() {
        for (int i = 0; i < 1_500; i++) {
            store.record(Note.line(i % 700 == 0 ? "ann" : "bob", "" + i));
        }
        AuditPage page = store.audit(new AuditQuery(0, 0, "ann", "", "", "", 2));
        assertThat(page.entries()).extracting(AuditEntry::target).containsExactly("1400", "700");
        assertThat(page.more()).isTrue();
        AuditPage next = store.audit(
                new AuditQuery(0, 0, "ann", "", "", page.entries().getLast().id(), 2));
        assertThat(next.entries()).extracting(AuditEntry::target).containsExactly("0");
        assertThat(next.more()).isFalse();
    }

    @Test
    void linesOlderThanTheRetentionAreGone() {
        long now = System.currentTimeMillis();
        store.record(Note.line(now - RETENTION.toMillis() - 60_000, "ann", "x", "old", ""));
        store.record(Note.line(now - RETENTION.toMillis() + 60_000, "ann", "x", "young", ""));
        assertThat(targets(Note.all(10))).containsExactly("young");
    }

    @Test
    void detailsThatAreTooLongAreReplacedByTheirLength() {
        AuditEntry entry = new AuditEntry(
                "",
                System.currentTimeMillis(),
                "ann",
                "admin",
                "::1",
                "import",
                "x",
                "",
                JsonNodeFactory.instance.textNode("a".repeat(ControlJson.MAX_DETAIL - 2)),
                JsonNodeFactory.instance.textNode("a".repeat(ControlJson.MAX_DETAIL - 1)),
                "ok");
        store.commit(List.of(Note.put("a", "1")), entry);
        AuditEntry found = store.audit(Note.all(1)).entries().getFirst();
        assertThat(found.before()).isEqualTo(entry.before());
        assertThat(found.after())
                .isEqualTo(JsonNodeFactory.instance.objectNode().put("omitted_bytes", ControlJson.MAX_DETAIL + 1));
    }

    @Test
    void anIdOfNoLineIsRefused() {
        assertThatThrownBy(() -> store.audit(new AuditQuery(0, 0, "", "", "", "x' OR 1=1", 10)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedStoreSaysSo() {
        store.close();
        assertThatThrownBy(() -> commit(Note.put("a", "1"))).isInstanceOf(ControlException.class);
        assertThatThrownBy(() -> store.snapshot()).isInstanceOf(ControlException.class);
        assertThatThrownBy(() -> store.audit(Note.all(1))).isInstanceOf(ControlException.class);
        assertThatThrownBy(() -> store.record(Note.line("ann", "x"))).isInstanceOf(ControlException.class);
    }
}
