package dev.heliograph.console.connections;

import dev.heliograph.console.wire.ConnectionView;
import java.time.Instant;
import java.util.Optional;

/// One connection, looked into.
///
/// @param id      of it; empty if none is open
/// @param view    what was told last; empty before the first answer
/// @param at      when that was
/// @param problem why there is nothing newer, as a sentence for the operator
public record DetailState(
        Optional<String> id, Optional<ConnectionView> view, Optional<Instant> at, Optional<String> problem) {

    static final DetailState CLOSED =
            new DetailState(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static DetailState of(String id) {
        return new DetailState(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty());
    }

    DetailState answered(ConnectionView now, Instant when) {
        return new DetailState(id, Optional.of(now), Optional.of(when), Optional.empty());
    }

    DetailState failed(String sentence) {
        return new DetailState(id, view, at, Optional.of(sentence));
    }

    /// Whether the connection has ended.
    public boolean isClosed() {
        return view.filter(each -> each.closedAt() != null).isPresent();
    }
}
