package dev.heliograph.console.connections;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How it stands with the list of connections; the rows themselves are in [ListModel#rows].
///
/// @param query   what the rows are of
/// @param loading whether another question is on its way
/// @param refused why the last question was refused; the rows are still those of `query`
/// @param problem why the rows are not kept up to date, as a sentence for the operator
/// @param matched connections that the query means, on all pages
/// @param window  how many of them are wanted, the first in the order
/// @param missing nodes that did not answer, and why
/// @param at      when the rows were heard of last
public record ListState(
        String query,
        boolean loading,
        Optional<QueryProblem> refused,
        Optional<String> problem,
        long matched,
        int window,
        List<String> missing,
        Optional<Instant> at) {

    static final ListState NOTHING = new ListState(
            "", false, Optional.empty(), Optional.empty(), 0, ListModel.LIVE_ROWS, List.of(), Optional.empty());

    public ListState {
        missing = List.copyOf(missing);
    }

    ListState asking() {
        return new ListState(query, true, Optional.empty(), problem, matched, window, missing, at);
    }

    ListState answered(String next, long nowMatched, int nowWindow, List<String> nowMissing, Instant now) {
        return new ListState(
                next, false, Optional.empty(), Optional.empty(), nowMatched, nowWindow, nowMissing, Optional.of(now));
    }

    /// Another picture of the same query.
    ListState heard(long nowMatched, List<String> nowMissing, Instant now) {
        return new ListState(
                query, loading, refused, Optional.empty(), nowMatched, window, nowMissing, Optional.of(now));
    }

    ListState refused(QueryProblem why) {
        return new ListState(query, false, Optional.of(why), problem, matched, window, missing, at);
    }

    ListState failed(String sentence) {
        return new ListState(query, false, refused, Optional.of(sentence), matched, window, missing, at);
    }

    ListState givenUp() {
        return new ListState(query, false, refused, problem, matched, window, missing, at);
    }
}
