package dev.heliograph.runbook.run;

import java.time.Instant;

/// One line of a transcript.
///
/// @param who     the operator, or whatever runs it
/// @param subject the id of the step, or the name of the variable; empty if it is about the whole
/// @param text    the outcome, the value, the reason: for people
public record Entry(Instant at, String who, Kind kind, String subject, String text) {

    /// What has happened.
    public enum Kind {
        /// The runbook was opened.
        BEGUN,
        /// A variable was given a value.
        SET,
        /// A step that looks was done.
        LOOKED,
        /// A step that changes something was done.
        DONE,
        /// A step was tried and not done.
        FAILED,
        /// What a step promised is so.
        VERIFIED,
        /// What a step promised is not so in time.
        UNVERIFIED,
        /// A step was left out.
        SKIPPED,
        /// A step was taken back.
        UNDONE,
        /// The operator said something.
        NOTE,
        /// The runbook was closed.
        FINISHED
    }
}
