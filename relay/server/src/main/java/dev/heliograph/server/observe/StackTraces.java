package dev.heliograph.server.observe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stack trace as lines, bounded.
final class StackTraces {

    private static final int MAX_CAUSES = 8;

    /// Enough to see who called whom; a stack overflow has a thousand that are all the same.
    private static final int MAX_FRAMES = 60;

    private StackTraces() {}

    static List<String> lines(Throwable thrown) {
        List<String> lines = new ArrayList<>();
        String prefix = "";
        @Nullable Throwable each = thrown;
        for (int i = 0; each != null && i < MAX_CAUSES; i++) {
            lines.add(prefix + each);
            StackTraceElement[] frames = each.getStackTrace();
            for (int f = 0; f < Math.min(frames.length, MAX_FRAMES); f++) {
                lines.add("at " + frames[f]);
            }
            if (frames.length > MAX_FRAMES) {
                lines.add("... " + (frames.length - MAX_FRAMES) + " more");
            }
            for (Throwable suppressed : each.getSuppressed()) {
                lines.add("suppressed: " + suppressed);
            }
            prefix = "caused by: ";
            each = each.getCause() == each ? null : each.getCause();
        }
        return lines;
    }
}
