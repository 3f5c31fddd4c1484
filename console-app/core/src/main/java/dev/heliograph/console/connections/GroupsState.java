package dev.heliograph.console.connections;

import dev.heliograph.console.wire.GroupList;
import java.util.Optional;

/// How it stands with the groups.
///
/// @param groups  the last answer; empty before the first, and when something else was asked for since
/// @param loading whether the first answer is on its way
/// @param problem why there is nothing newer, as a sentence for the operator
public record GroupsState(
        GroupBy by,
        Measure measure,
        String query,
        Optional<GroupList> groups,
        boolean loading,
        Optional<String> problem) {

    static final GroupsState NOTHING =
            new GroupsState(GroupBy.NETWORK, Measure.CONNECTIONS, "", Optional.empty(), false, Optional.empty());

    GroupsState asking(GroupBy nextBy, Measure nextMeasure, String nextQuery) {
        boolean same = by == nextBy && query.equals(nextQuery);
        return new GroupsState(
                nextBy, nextMeasure, nextQuery, same ? groups : Optional.empty(), true, Optional.empty());
    }

    GroupsState answered(GroupList now) {
        return new GroupsState(by, measure, query, Optional.of(now), false, Optional.empty());
    }

    GroupsState failed(String sentence) {
        return new GroupsState(by, measure, query, groups, false, Optional.of(sentence));
    }
}
