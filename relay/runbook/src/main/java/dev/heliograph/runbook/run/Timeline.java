package dev.heliograph.runbook.run;

import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.Spans;
import dev.heliograph.runbook.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A transcript as the timeline of an incident, in Markdown: what is pasted into a report.
public final class Timeline {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Timeline() {}

    /// All of it.
    ///
    /// @param runbook for the titles of the steps; empty if it is there no more
    public static String markdown(Transcript transcript, Optional<Runbook> runbook) {
        StringBuilder out = new StringBuilder();
        out.append("# ").append(escape(transcript.title())).append("\n\n");
        line(out, "Cluster", transcript.cluster());
        line(out, "Runbook", transcript.runbook());
        line(out, "Begun", SECOND.format(transcript.begun()) + " UTC");
        if (!transcript.entries().isEmpty()) {
            Instant last = transcript.entries().getLast().at();
            line(
                    out,
                    transcript.finished() ? "Ended" : "Last entry",
                    "%s UTC, after %s"
                            .formatted(SECOND.format(last), Spans.text(Duration.between(transcript.begun(), last))));
        }
        for (Map.Entry<String, String> label : new TreeMap<>(transcript.labels()).entrySet()) {
            line(out, "Alert", label.getKey() + " = " + label.getValue());
        }
        out.append("\n| UTC | Who | What | Outcome |\n|---|---|---|---|\n");
        for (Entry entry : transcript.entries()) {
            out.append("| ")
                    .append(CLOCK.format(entry.at()))
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
        return switch (entry.kind()) {
            case BEGUN -> "Runbook opened";
            case SET -> "Said what " + title + " is";
            case LOOKED -> "Looked: " + title;
            case DONE -> "Did: " + title;
            case FAILED -> "Failed: " + title;
            case VERIFIED -> "Checks hold: " + title;
            case UNVERIFIED -> "Checks fail: " + title;
            case SKIPPED -> "Skipped: " + title;
            case UNDONE -> "Took back: " + title;
            case NOTE -> "Note";
            case FINISHED -> "Runbook closed";
        };
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append("- ").append(name).append(": ").append(escape(value)).append('\n');
    }

    /// What came from outside stays text: it makes no markup, and no second row.
    private static String escape(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").replaceAll("([\\\\`*_\\[\\]<>|#])", "\\\\$1");
    }
}
