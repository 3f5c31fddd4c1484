package dev.heliograph.console.runbook.run;

import dev.heliograph.console.runbook.Runbook;
import dev.heliograph.console.runbook.Step;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A transcript as the timeline of an incident, in Markdown: what is pasted into a report.
public final class Timeline {

    private Timeline() {}

    /// All of it.
    ///
    /// @param runbook for the titles of the steps; empty if it is there no more
    public static String markdown(Transcript transcript, Optional<Runbook> runbook) {
        StringBuilder out = new StringBuilder();
        out.append("# ").append(escape(transcript.title())).append("\n\n");
        line(out, "timeline.cluster", transcript.cluster());
        line(out, "timeline.runbook", transcript.runbook());
        line(out, "timeline.begun", Times.second(transcript.begun()) + " UTC");
        if (!transcript.entries().isEmpty()) {
            Instant last = transcript.entries().getLast().at();
            line(
                    out,
                    transcript.finished() ? "timeline.ended" : "timeline.so-far",
                    Messages.text(
                            "timeline.after",
                            Times.second(last),
                            Times.span(Duration.between(transcript.begun(), last))));
        }
        for (Map.Entry<String, String> label : new TreeMap<>(transcript.labels()).entrySet()) {
            line(out, "timeline.label", label.getKey() + " = " + label.getValue());
        }
        out.append("\n| ")
                .append(Messages.text("timeline.column.time"))
                .append(" | ")
                .append(Messages.text("timeline.column.who"))
                .append(" | ")
                .append(Messages.text("timeline.column.what"))
                .append(" | ")
                .append(Messages.text("timeline.column.outcome"))
                .append(" |\n|---|---|---|---|\n");
        for (Entry entry : transcript.entries()) {
            out.append("| ")
                    .append(Times.clock(entry.at()))
                    .append(" | ")
                    .append(escape(entry.who()))
                    .append(" | ")
                    .append(escape(what(entry, runbook)))
                    .append(" | ")
                    .append(escape(entry.text()))
                    .append(" |\n");
        }
        return out.toString();
    }

    /// What has happened, in a few words: `Done: Ban the network for an hour`.
    public static String what(Entry entry, Optional<Runbook> runbook) {
        String title = runbook.flatMap(book -> book.step(entry.subject()))
                .map(Step::title)
                .orElse(entry.subject());
        return Messages.text("timeline.kind." + entry.kind().name().toLowerCase(Locale.ROOT), title);
    }

    private static void line(StringBuilder out, String key, String value) {
        out.append("- ")
                .append(Messages.text(key))
                .append(": ")
                .append(escape(value))
                .append('\n');
    }

    /// What came from outside stays text: it makes no markup, and no second row.
    private static String escape(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1");
    }
}
