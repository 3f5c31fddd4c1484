package dev.heliograph.runbook.run;

import dev.heliograph.runbook.Check;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a run is now. All but the checks and what is being done follows from its transcript.
///
/// @param steps   by id
/// @param running the steps that are being done or taken back at this moment, and what was told of each last; it may
///                be empty
/// @param checks  what each said last, as far as it was looked at
/// @param unkept  why the transcript cannot be kept at the moment, if so
public record RunState(
        Runbook runbook,
        Transcript transcript,
        Values values,
        Map<String, StepState> steps,
        Map<String, String> running,
        Map<Check, CheckResult> checks,
        Optional<String> unkept) {

    public RunState {
        steps = Map.copyOf(steps);
        running = Map.copyOf(running);
        checks = Map.copyOf(checks);
    }

    /// What the transcript tells.
    static RunState of(Runbook runbook, Transcript transcript) {
        Map<String, StepState> steps = new HashMap<>();
        runbook.steps().forEach(step -> steps.put(step.id(), StepState.OPEN));
        RunState state = new RunState(
                runbook,
                new Transcript(
                        transcript.id(),
                        transcript.runbook(),
                        transcript.title(),
                        transcript.cluster(),
                        transcript.begun(),
                        transcript.labels(),
                        List.of()),
                Values.of(runbook, transcript.labels()),
                steps,
                Map.of(),
                Map.of(),
                Optional.empty());
        for (Entry entry : transcript.entries()) {
            state = state.with(entry);
        }
        return state;
    }

    RunState with(Entry entry) {
        Map<String, StepState> next = new HashMap<>(steps);
        Optional<Step> step = runbook.step(entry.subject());
        step.ifPresent(each -> next.compute(
                each.id(),
                (_, before) -> (before == null ? StepState.OPEN : before)
                        .after(entry.kind(), !each.after().isEmpty())));
        return new RunState(
                runbook,
                transcript.with(entry),
                entry.kind() == Entry.Kind.SET ? set(entry.subject(), entry.text()) : values,
                next,
                running,
                checks,
                unkept);
    }

    /// A runbook may have changed since: what does not fit any more is left out.
    private Values set(String variable, String value) {
        try {
            return values.with(variable, value);
        } catch (RunbookException _) {
            return values;
        }
    }

    RunState with(Map<Check, CheckResult> seen) {
        Map<Check, CheckResult> next = new HashMap<>(checks);
        next.putAll(seen);
        return new RunState(runbook, transcript, values, steps, running, next, unkept);
    }

    RunState withUnkept(Optional<String> problem) {
        return new RunState(runbook, transcript, values, steps, running, checks, problem);
    }

    /// @param told of the step, or empty if it is not being done any more
    RunState withRunning(String step, Optional<String> told) {
        Map<String, String> next = new HashMap<>(running);
        told.ifPresentOrElse(words -> next.put(step, words), () -> next.remove(step));
        return new RunState(runbook, transcript, values, steps, next, checks, unkept);
    }

    public boolean isRunning(String step) {
        return running.containsKey(step);
    }

    public StepState step(String id) {
        return steps.getOrDefault(id, StepState.OPEN);
    }

    public Optional<CheckResult> check(Check check) {
        return Optional.ofNullable(checks.get(check));
    }
}
