package dev.heliograph.runbook;

import dev.heliograph.runbook.Check.When;
import dev.heliograph.runbook.RunbookException.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads one fenced block named `step`. Each line is `key: value`; lines that are indented are arguments of the
/// `action` or `undo` above them.
final class StepBlock {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final int first;
    private final List<Problem> problems;
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final Map<String, Template> arguments = new LinkedHashMap<>();
    private final Map<String, Template> undoArguments = new LinkedHashMap<>();
    private final List<String> needed = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private final List<String> after = new ArrayList<>();

    private StepBlock(int first, List<Problem> problems) {
        this.first = first;
        this.problems = problems;
    }

    /// @param first   line of the file that the block begins at
    /// @param heading above it
    /// @return nothing if something is wrong with it, which is then among the problems
    static Optional<Step> parse(String literal, int first, String heading, List<Problem> problems) {
        StepBlock block = new StepBlock(first, problems);
        int had = problems.size();
        String above = "";
        int line = first;
        for (String text : literal.lines().toList()) {
            line++;
            if (text.isBlank()) {
                continue;
            }
            int colon = text.indexOf(':');
            if (colon < 0) {
                block.problem(line, "'" + text.strip() + "' is no line of the form key: value");
                continue;
            }
            String key = text.substring(0, colon).strip();
            String value = text.substring(colon + 1).strip();
            if (Character.isWhitespace(text.charAt(0))) {
                block.argument(line, above, key, value);
            } else {
                block.key(line, key, value);
                above = key;
            }
        }
        Optional<Step> step = block.step(heading);
        return problems.size() == had ? step : Optional.empty();
    }

    private void argument(int line, String above, String key, String value) {
        Map<String, Template> to = switch (above) {
            case "action" -> arguments;
            case "undo" -> undoArguments;
            default -> Map.of();
        };
        if (!above.equals("action") && !above.equals("undo")) {
            problem(line, "only action and undo have arguments");
        } else if (to.put(key, new Template(value)) != null) {
            problem(line, key + " stands there twice");
        }
    }

    private void key(int line, String key, String value) {
        switch (key) {
            case "when" -> needed.add(value);
            case "before" -> before.add(value);
            case "check" -> after.add(value);
            case "id", "class", "title", "action", "undo", "no-undo", "timeout" -> {
                if (keys.put(key, value) != null) {
                    problem(line, key + " stands there twice");
                }
            }
            default -> problem(line, "a step has no '" + key + "'");
        }
    }

    private Optional<Step> step(String heading) {
        String id = keys.getOrDefault("id", "");
        if (!ID.matcher(id).matches()) {
            problem(first, "a step has an id of small letters, digits and hyphens");
        }
        Optional<StepClass> stepClass = StepClass.of(keys.getOrDefault("class", ""));
        if (stepClass.isEmpty()) {
            problem(first, "a step has a class: read, mutate or destroy");
        }
        Optional<ActionCall> action = call("action", arguments);
        Optional<ActionCall> undo = keys.containsKey("undo") ? call("undo", undoArguments) : Optional.empty();
        String noUndo = keys.getOrDefault("no-undo", "");
        Optional<Duration> timeout =
                keys.containsKey("timeout") ? Spans.parse(keys.getOrDefault("timeout", "")) : Optional.of(TIMEOUT);
        if (timeout.isEmpty()) {
            problem(first, "a timeout is written like 30s");
        }
        List<Check> checksWhen = checks(id, When.NEEDED, needed);
        List<Check> checksBefore = checks(id, When.BEFORE, before);
        List<Check> checksAfter = checks(id, When.AFTER, after);
        if (stepClass.isEmpty() || action.isEmpty() || timeout.isEmpty()) {
            return Optional.empty();
        }
        if (stepClass.get().compareTo(action.get().kind().least()) < 0) {
            problem(
                    first,
                    action.get().kind().operation() + " is of class "
                            + action.get().kind().least().word());
        }
        if (stepClass.get() != StepClass.READ && undo.isEmpty() && noUndo.isEmpty()) {
            problem(first, "a step that changes something has an undo, or no-undo with the reason");
        }
        String title = keys.getOrDefault("title", heading);
        return Optional.of(new Step(
                id,
                title,
                stepClass.get(),
                action.get(),
                checksWhen,
                checksBefore,
                checksAfter,
                timeout.get(),
                undo,
                noUndo));
    }

    private Optional<ActionCall> call(String key, Map<String, Template> given) {
        String name = keys.getOrDefault(key, "");
        Optional<ActionKind> kind = ActionKind.of(name);
        if (kind.isEmpty()) {
            problem(first, name.isEmpty() ? "a step has an action" : "there is no action '" + name + "'");
            return Optional.empty();
        }
        for (String argument : kind.get().required()) {
            if (!given.containsKey(argument)) {
                problem(first, name + " wants the argument " + argument);
            }
        }
        for (String argument : given.keySet()) {
            if (!kind.get().takes(argument)) {
                problem(first, name + " has no argument '" + argument + "'");
            }
        }
        return Optional.of(new ActionCall(kind.get(), given));
    }

    private List<Check> checks(String step, When when, List<String> sources) {
        List<Check> checks = new ArrayList<>();
        for (String source : sources) {
            try {
                checks.add(CheckParser.parse(step, when, source));
            } catch (IllegalArgumentException e) {
                problem(first, String.valueOf(e.getMessage()));
            }
        }
        return checks;
    }

    private void problem(int line, String sentence) {
        problems.add(new Problem(line, sentence));
    }
}
