package dev.heliograph.console.action;

import java.util.List;
import java.util.Optional;

/// A change that is ready to be made: all that an operator must see of it before, and how it is done.
///
/// @param action     the operation of the admin API, `ip_rule.put` for example
/// @param title      what it does, in a few words that begin with a verb: "Ban 203.0.113.0/24"
/// @param risk       how dangerous it is
/// @param role       who may do it
/// @param parameters what it is done with, for the operator to read
/// @param blast      how much it touches, from a dry run
/// @param warnings   sentences that the operator should have read: a node that could not be asked, the own address
/// @param work       does it; called on a background thread
public record Proposal(
        String action,
        String title,
        Risk risk,
        Role role,
        List<Parameter> parameters,
        Optional<Blast> blast,
        List<String> warnings,
        Work work) {

    public Proposal {
        parameters = List.copyOf(parameters);
        warnings = List.copyOf(warnings);
    }

    /// @param label a noun; `value` is as the operator would write it
    public record Parameter(String label, String value) {}

    /// What is done; throws [dev.heliograph.console.api.AdminException] if it is not.
    @FunctionalInterface
    public interface Work {

        /// @param reason for the audit record; may be empty
        Outcome perform(String reason);
    }

    /// What was done.
    ///
    /// @param sentence of it, in the past: "Banned 203.0.113.0/24; 312 connections ended"
    /// @param undo     what takes it back, if anything does
    public record Outcome(String sentence, Optional<Undo> undo) {}

    /// What takes back something that was done.
    ///
    /// @param title a few words that begin with a verb: "Lift the ban of 203.0.113.0/24"
    public record Undo(String title, Work work) {}
}
