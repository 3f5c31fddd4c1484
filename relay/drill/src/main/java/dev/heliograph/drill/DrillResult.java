package dev.heliograph.drill;

import java.time.Instant;
import java.util.List;

/// How a drill went.
///
/// @param seconds      that it took, the start of the cluster not included
/// @param detection    seconds from the fault to the alert; negative if there was none
/// @param gap          the longest that a subscriber heard nothing, in seconds
/// @param acknowledged how many messages were
/// @param others       alerts that fired and should not
/// @param happenings   what happened, with seconds since the fault
/// @param timeline     the transcript of the runbook in Markdown
public record DrillResult(
        String drill,
        String title,
        Instant at,
        Score score,
        double seconds,
        double detection,
        double gap,
        long acknowledged,
        List<String> others,
        List<String> happenings,
        String timeline) {

    public DrillResult {
        others = List.copyOf(others);
        happenings = List.copyOf(happenings);
    }
}
