package dev.heliograph.console.runbooks;

import dev.heliograph.console.value.Loaded;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.run.Reading;
import dev.heliograph.runbook.run.RunState;
import dev.heliograph.runbook.run.Transcript;
import java.util.List;
import java.util.Optional;

/// What the page of runbooks shows.
///
/// @param shelf what there is to choose from
/// @param run   the one that is open
/// @param live  what a step of it that looks sees now
public record RunbooksState(Loaded<Shelf> shelf, Optional<RunState> run, Optional<Live> live) {

    /// What there is to choose from.
    ///
    /// @param runbooks    by id
    /// @param broken      sentences about files that are none
    /// @param transcripts of runs, the newest first
    public record Shelf(List<Runbook> runbooks, List<String> broken, List<Transcript> transcripts) {

        public Shelf {
            runbooks = List.copyOf(runbooks);
            broken = List.copyOf(broken);
            transcripts = List.copyOf(transcripts);
        }

        public Optional<Runbook> runbook(String id) {
            return runbooks.stream().filter(each -> each.id().equals(id)).findFirst();
        }

        /// The one that a link of another one leads to, as in `relay-down.md`.
        public Optional<Runbook> linked(String link) {
            String file = link.replaceFirst("#.*$", "");
            return file.endsWith(".md") ? runbook(file.substring(0, file.length() - ".md".length())) : Optional.empty();
        }
    }

    /// What is seen live.
    ///
    /// @param step    its id
    /// @param reading the last good one, and how the next one stands
    public record Live(String step, Loaded<Reading> reading) {}
}
