package dev.heliograph.cli.runbook;

import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Table;
import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.Check;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.StepClass;
import dev.heliograph.runbook.Variable;
import dev.heliograph.runbook.run.Change.Done;
import dev.heliograph.runbook.run.CheckResult;
import dev.heliograph.runbook.run.Prepared;
import dev.heliograph.runbook.run.Reading;
import dev.heliograph.runbook.run.RunbookRun;
import dev.heliograph.runbook.run.StepState;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/// Steps one after the other, in a terminal.
final class Work {

    private final RunbookRun run;
    private final PrintWriter out;
    private final Dialogue dialogue;
    private final boolean unasked;
    private final boolean dry;

    /// @param unasked whether changes are made without a question
    /// @param dry     whether none is made
    Work(RunbookRun run, PrintWriter out, Dialogue dialogue, boolean unasked, boolean dry) {
        this.run = run;
        this.out = out;
        this.dialogue = dialogue;
        this.unasked = unasked;
        this.dry = dry;
    }

    /// @return whether each was done, or left out on purpose
    boolean through(List<Step> steps) {
        int number = 0;
        for (Step step : steps) {
            out.println();
            out.println("%d/%d  %s  (%s, %s)"
                    .formatted(
                            ++number,
                            steps.size(),
                            step.title(),
                            step.id(),
                            step.stepClass().word()));
            try {
                if (!one(step)) {
                    return false;
                }
            } catch (RunbookException e) {
                out.println("  failed: " + Table.safe(e.sentence()));
                return false;
            } catch (Failure e) {
                out.println("  failed: " + Table.safe(String.valueOf(e.getMessage())));
                return false;
            }
        }
        return true;
    }

    private boolean one(Step step) {
        fill(step);
        Optional<String> needless = run.needless(step.id());
        if (needless.isPresent()) {
            out.println("  left out. " + Table.safe(needless.get()));
            if (!dry) {
                run.skip(step.id(), needless.get());
            }
            return true;
        }
        if (step.action().kind() == ActionKind.PERSON) {
            return person(step);
        }
        return step.stepClass() == StepClass.READ ? look(step) : change(step);
    }

    /// Asks for the variables that have no value yet.
    private void fill(Step step) {
        for (String name : step.variables()) {
            if (run.state().values().get(name).isPresent()) {
                continue;
            }
            Variable variable = run.runbook().variables().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            if (unasked || dry) {
                throw new Failure("say what it is: --set " + name + "=... (" + variable.description() + ")");
            }
            while (run.state().values().get(name).isEmpty()) {
                try {
                    run.set(name, dialogue.line("  " + variable.description() + " (" + name + "): "));
                } catch (RunbookException e) {
                    out.println("  " + Table.safe(e.sentence()));
                }
            }
        }
    }

    private boolean look(Step step) {
        Reading reading = run.look(step.id());
        Table table = new Table(reading.columns().toArray(String[]::new));
        reading.rows().forEach(row -> table.row(row.toArray()));
        table.print(out, "  nothing");
        if (!reading.note().isEmpty()) {
            out.println(Table.safe(reading.note()));
        }
        return checked(step);
    }

    private boolean person(Step step) {
        String task = step.action().fill(run.state().values()).getOrDefault("task", "");
        out.println("  " + Table.safe(task));
        if (dry) {
            return true;
        }
        if (unasked) {
            run.skip(step.id(), "It wants a person.");
            out.println("  left out: it wants a person");
            return true;
        }
        return switch (dialogue.ask("  Done?")) {
            case YES -> {
                run.look(step.id());
                yield checked(step);
            }
            case SKIP -> skip(step);
            case QUIT -> false;
        };
    }

    private boolean change(Step step) {
        Prepared prepared = run.prepare(step.id());
        out.println("  " + Table.safe(prepared.change().title()));
        prepared.change().effects().forEach(effect -> out.println("  " + Table.safe(effect)));
        prepared.unmet().forEach(sentence -> out.println("  ! " + Table.safe(sentence)));
        out.println("  " + undo(step));
        if (dry) {
            out.println("  dry run: not done");
            return true;
        }
        if (unasked && !prepared.unmet().isEmpty()) {
            out.println("  not done: what must hold before it does not");
            return false;
        }
        switch (unasked ? Dialogue.Answer.YES : dialogue.ask("  Do it?")) {
            case SKIP -> {
                return skip(step);
            }
            case QUIT -> {
                return false;
            }
            case YES -> out.println("  " + Table.safe(carryOut(prepared).sentence()));
        }
        return checked(step);
    }

    /// Tells how far it is, if it tells that itself.
    private Done carryOut(Prepared prepared) {
        String[] told = {""};
        run.follow(state -> {
            String now = state.running().getOrDefault(prepared.step().id(), "");
            if (!now.isEmpty() && !now.equals(told[0])) {
                told[0] = now;
                out.println("  ... " + Table.safe(now));
            }
        });
        try {
            return run.carryOut(prepared, "");
        } finally {
            run.follow(_ -> {});
        }
    }

    private String undo(Step step) {
        return step.undo()
                .map(undo -> "Taken back by " + undo.kind().operation() + ".")
                .orElse("Cannot be taken back: " + Table.safe(step.noUndo()));
    }

    private boolean skip(Step step) {
        String reason = "";
        while (reason.isEmpty()) {
            reason = dialogue.line("  Why? ");
        }
        run.skip(step.id(), reason);
        return true;
    }

    /// What the checks of a step that was done have said. The run has waited for them already.
    private boolean checked(Step step) {
        for (Check check : step.after()) {
            Optional<CheckResult> seen = run.state().check(check);
            out.println("  %s %s (is %s)"
                    .formatted(
                            seen.map(CheckResult::holds).orElse(false) ? "ok " : "NOT",
                            Table.safe(check.preview(run.state().values())),
                            Table.safe(seen.map(CheckResult::sentence).orElse("not known"))));
        }
        return run.state().step(step.id()) != StepState.FAILED;
    }
}
