package dev.heliograph.server.follow;

import dev.heliograph.server.cluster.Procedure;
import dev.heliograph.server.observe.FollowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What nodes ask of each other, as it travels. Fields may be added, and never change their meaning.
final class Questions {

    private Questions() {}

    /// Follow this, or go on with it, and tell what has happened since. A node that is not asked again for a
    /// while stops by itself.
    ///
    /// @param id         of the one who follows, unlike that of any other
    /// @param leftMillis until it ends
    /// @param seen       by the id of a node the number of the last event that has arrived from it
    /// @param end        whether this is the last question
    record Keep(
            String id,
            FollowSpec.Target target,
            String value,
            int sampling,
            long leftMillis,
            Map<String, Long> seen,
            boolean end) {

        FollowSpec spec() {
            return new FollowSpec(target, value, Duration.ofMillis(leftMillis), sampling, false);
        }
    }

    /// @param number of the event on its node, counted from 1
    record Numbered(long number, FollowedEvent event) {}

    /// What a node has that was not seen. Each event takes a number, those that were dropped too: numbers that
    /// are missing are events that are missing.
    ///
    /// @param last    the number of the last event, told or dropped
    /// @param begun   whether it begins with this question
    /// @param refusal why the node does not follow; null if it does
    record Kept(
            List<Numbered> events,
            long last,
            boolean begun,
            @Nullable String refusal) {

        static Kept refused(long seen, String why) {
            return new Kept(List.of(), seen, false, why);
        }

        Kept begin() {
            return new Kept(events, last, true, refusal);
        }
    }

    static final Procedure<Keep, Kept> KEEP = new Procedure<>("follow.keep", Keep.class, Kept.class);
}
