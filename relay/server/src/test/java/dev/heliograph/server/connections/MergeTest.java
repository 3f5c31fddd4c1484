package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What several nodes find, each with a bounded heap, against one list that is sorted as a whole.
class MergeTest {

    private static final long SEED = 815;
    private static final List<String> ORDERS = List.of(
            "",
            "order by out_rate desc",
            "order by queue",
            "order by user desc",
            "order by ip",
            "order by rtt",
            "order by rtt desc",
            "order by version",
            "order by node",
            "order by connected desc",
            "order by tls",
            "order by expires");

    private static List<List<Row>> nodes(Random random) {
        int count = 1 + random.nextInt(4);
        List<List<Row>> nodes = new ArrayList<>();
        for (int node = 0; node < count; node++) {
            List<Row> rows = new ArrayList<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                // Few values, so that many are equal.
                rows.add(Rows.row()
                        .client("c" + random.nextInt(1_000_000))
                        .node("n" + node)
                        .user("u" + random.nextInt(4))
                        .address("10.0." + random.nextInt(2) + "." + random.nextInt(20))
                        .software("js", "1." + random.nextInt(12))
                        .outRate(random.nextInt(5) / 2.0)
                        .queue(random.nextInt(3))
                        .rtt(random.nextInt(3) - 1)
                        .age(random.nextInt(5))
                        .make());
            }
            nodes.add(rows);
        }
        return nodes;
    }

    private static Questions.Rows page(List<Row> rows, Query query, int limit, String cursor) {
        Order order = query.order();
        Top<Row> top = new Top<>(Comparator.comparing(order::key, order), limit);
        rows.stream()
                .filter(row -> cursor.isEmpty() || order.compare(order.key(row), Cursor.read(cursor, order)) > 0)
                .forEach(top::offer);
        return new Questions.Rows(top.sorted(), rows.size(), top.dropped());
    }

    @Test
    void pagesOfAllNodesAreTheWholeInItsOrder() {
        Random random = new Random(SEED);
        for (int round = 0; round < 400; round++) {
            List<List<Row>> nodes = nodes(random);
            Query query = Query.parse(ORDERS.get(random.nextInt(ORDERS.size())));
            int limit = 1 + random.nextInt(25);
            List<Row> naive = nodes.stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparing(query.order()::key, query.order()))
                    .toList();
            List<Row> paged = new ArrayList<>();
            String cursor = "";
            do {
                String from = cursor;
                ListPage page = Merge.rows(
                        nodes.stream()
                                .map(rows -> page(rows, query, limit, from))
                                .toList(),
                        query.order(),
                        limit,
                        List.of());
                assertThat(page.matched()).isEqualTo(naive.size());
                assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit);
                paged.addAll(page.rows());
                cursor = page.next().orElse("");
            } while (!cursor.isEmpty());
            assertThat(paged).as(query + ", pages of " + limit).isEqualTo(naive);
        }
    }

    @Test
    void whatIsNotKnownComesLastInBothDirections() {
        Row known = Rows.row().client("a").rtt(5).make();
        Row unknown = Rows.row().client("b").rtt(-1).make();
        for (String direction : List.of("asc", "desc")) {
            Order order = Query.parse("order by rtt " + direction).order();
            assertThat(order.compare(order.key(known), order.key(unknown))).isNegative();
        }
    }

    @Test
    void aPlaceByAgeStaysWhileTimeGoesOn() {
        for (String field : List.of("connected", "expires")) {
            Order order = Query.parse("order by " + field).order();
            assertThat(order.key(Rows.row().later(5_000).make()))
                    .isEqualTo(order.key(Rows.row().make()));
        }
        Order ages = Query.parse("order by connected").order();
        assertThat(ages.compare(
                        ages.key(Rows.row().age(1).make()),
                        ages.key(Rows.row().age(2).make())))
                .isNegative();
    }

    @Test
    void groupsAreSumsWhateverTheNodes() {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            List<List<Row>> nodes = nodes(random);
            int limit = 1 + random.nextInt(5);
            Map<String, Long> naive = new TreeMap<>();
            nodes.forEach(rows -> rows.forEach(row -> naive.merge(row.user(), row.queueBytes(), Long::sum)));
            GroupPage page =
                    Merge.groups(nodes.stream().map(MergeTest::groups).toList(), Group.Measure.QUEUE, limit, List.of());
            List<String> expected = naive.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .toList();
            assertThat(page.groups().stream().map(group -> group.key() + "=" + group.queueBytes()))
                    .isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
            assertThat(page.others()).isEqualTo(Math.max(0, expected.size() - limit));
            long all = nodes.stream().mapToLong(List::size).sum();
            long listed = page.groups().stream().mapToLong(Group::connections).sum();
            assertThat(listed + page.rest().connections()).isEqualTo(all);
            assertThat(page.exact()).isTrue();
        }
    }

    private static Questions.Groups groups(List<Row> rows) {
        Map<String, Group> groups = new TreeMap<>();
        rows.forEach(row -> groups.merge(row.user(), Group.of(row.user(), row), Group::plus));
        return new Questions.Groups(List.copyOf(groups.values()), 0, Group.empty(""), rows.size());
    }

    @Test
    void aTopNeverHoldsMoreThanItShows() {
        Top<Integer> top = new Top<>(Comparator.naturalOrder(), 3);
        IntStream.of(5, 1, 4).forEach(top::offer);
        assertThat(top.dropped()).isFalse();
        IntStream.of(2, 9, 3).forEach(top::offer);
        assertThat(top.sorted()).containsExactly(1, 2, 3);
        assertThat(top.dropped()).isTrue();
    }

    @Test
    void aCursorIsOnlyGoodForItsOrder() {
        Order order = Query.parse("order by user").order();
        String cursor = new Cursor(order, new Key(0, "x\ny", "c")).write();
        assertThat(Cursor.read(cursor, order)).isEqualTo(new Key(0, "x\ny", "c"));
        for (String other : List.of("order by user desc", "order by id", "")) {
            assertThatThrownBy(() -> Cursor.read(cursor, Query.parse(other).order()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another order");
        }
        for (String none : List.of("!", "AAAA", cursor.substring(3), "A".repeat(10_000))) {
            assertThatThrownBy(() -> Cursor.read(none, order)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
