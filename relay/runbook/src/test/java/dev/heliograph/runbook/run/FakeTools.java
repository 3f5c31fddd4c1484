package dev.heliograph.runbook.run;

import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.Measure;
import dev.heliograph.runbook.RunbookException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A cluster that consists of numbers: measures by their words, and changes that set them.
final class FakeTools implements Tools {

    final Map<String, Double> numbers = new ConcurrentHashMap<>();
    final Map<ActionKind, Runnable> effects = new HashMap<>();
    final List<String> done = new ArrayList<>();

    @Override
    public Reading look(ActionKind kind, Map<String, String> arguments) {
        return new Reading(List.of("What"), List.of(List.of(kind.operation() + arguments)), "");
    }

    @Override
    public double measure(Measure measure, List<String> arguments) {
        return Optional.ofNullable(numbers.get(measure.word()))
                .orElseThrow(() -> new RunbookException("Nobody knows " + measure.word() + "."));
    }

    @Override
    public Change propose(ActionKind kind, Map<String, String> arguments, String reason) {
        return new Change() {
            @Override
            public String title() {
                return kind.operation();
            }

            @Override
            public List<String> effects() {
                return List.of(arguments.toString());
            }

            @Override
            public Done make(String given) {
                Optional.ofNullable(effects.get(kind)).orElse(() -> {}).run();
                done.add(kind.operation() + " because of " + (given.isBlank() ? reason : given));
                return new Done("Did " + kind.operation(), Optional.empty());
            }
        };
    }
}
