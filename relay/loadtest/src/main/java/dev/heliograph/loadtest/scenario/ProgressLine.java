package dev.heliograph.loadtest.scenario;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;

/// Says how a run goes: on a terminal in one line that is written anew each second, elsewhere in a line every few
/// seconds. For one thread.
public final class ProgressLine implements Consumer<Second> {

    private static final int EVERY = 5;
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private int seconds;

    public ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void accept(Second second) {
        if (terminal) {
            out.print(ERASE + text(second));
            out.flush();
        } else if (seconds++ % EVERY == 0) {
            out.println(text(second));
        }
    }

    /// Leaves an empty line to what is written next.
    public void end() {
        if (terminal) {
            out.print(ERASE);
            out.flush();
        }
    }

    static String text(Second second) {
        String latency = second.latency().getTotalCount() == 0
                ? "p50 - p99 -"
                : String.format(Locale.ROOT, "p50 %.2f ms p99 %.2f ms", second.millis(50), second.millis(99));
        return String.format(
                Locale.ROOT,
                "%5.0f s  clients %d  published %.0f/s  delivered %.0f/s  %s  lost %d",
                second.at(),
                second.live(),
                second.published(),
                second.delivered(),
                latency,
                second.gaps());
    }
}
