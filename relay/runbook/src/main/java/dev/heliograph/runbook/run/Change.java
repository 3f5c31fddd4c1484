package dev.heliograph.runbook.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A change that is ready to be made.
public interface Change {

    /// What it does, in a few words that begin with a verb: `Ban 203.0.113.0/24`.
    String title();

    /// Sentences on what it would touch, from a dry run; empty if nobody can tell before.
    List<String> effects();

    /// Makes it. Blocks; throws as [Tools] says.
    ///
    /// @param reason for the record; empty for the one that it was proposed with
    Done make(String reason);

    /// Makes it, as [#make(String)] does, and tells how far it is if it takes minutes.
    ///
    /// @param told is given a few words on each part when it has begun, on the thread that makes it
    default Done make(String reason, Consumer<String> told) {
        return make(reason);
    }

    /// What was done.
    ///
    /// @param sentence in the past: `Banned 203.0.113.0/24`
    /// @param undo     what takes it back to how it was, if the tools know that; a step has an undo of its own
    ///                 besides
    record Done(String sentence, Optional<Change> undo) {}
}
