package dev.heliograph.server.connections;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes one answer of those of all nodes.
final class Merge {

    private Merge() {}

    static ListPage rows(Collection<Questions.Rows> parts, Order order, int limit, List<String> missing) {
        List<Row> all = parts.stream()
                .flatMap(part -> part.rows().stream())
                .sorted(Comparator.comparing(order::key, order))
                .toList();
        List<Row> rows = all.subList(0, Math.min(limit, all.size()));
        boolean more = all.size() > limit || parts.stream().anyMatch(Questions.Rows::more);
        Optional<String> next = more && !rows.isEmpty()
                ? Optional.of(new Cursor(order, order.key(rows.getLast())).write())
                : Optional.empty();
        return new ListPage(
                rows, parts.stream().mapToLong(Questions.Rows::matched).sum(), next, missing);
    }

    static GroupPage groups(
            Collection<Questions.Groups> parts, Group.Measure measure, int limit, List<String> missing) {
        Map<String, Group> groups = new HashMap<>();
        parts.forEach(part -> part.groups().forEach(group -> groups.merge(group.key(), group, Group::plus)));
        List<Group> sorted = groups.values().stream().sorted(measure.order()).toList();
        List<Group> first = sorted.subList(0, Math.min(limit, sorted.size()));
        Group untold = parts.stream().map(Questions.Groups::rest).reduce(Group.empty(""), Group::plus);
        long others = parts.stream().mapToLong(Questions.Groups::others).max().orElse(0);
        return new GroupPage(
                first,
                sorted.size() - first.size() + others,
                sorted.subList(first.size(), sorted.size()).stream().reduce(untold, Group::plus),
                parts.stream().mapToLong(Questions.Groups::matched).sum(),
                others == 0,
                missing);
    }
}
