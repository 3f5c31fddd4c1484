package dev.heliograph.runbook;

import dev.heliograph.runbook.RunbookException.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What stands between two lines of `---` at the beginning of a file: flat `key: value` lines.
final class FrontMatter {

    private static final String FENCE = "---";
    private static final List<String> KEYS = List.of("id", "title", "alerts", "severity", "owner");
    private static final List<String> SEVERITIES = List.of("page", "ticket", "info", Runbook.PROCEDURE);
    private static final Pattern VARIABLE = Pattern.compile("var ([a-z][a-z0-9_]*)");
    private static final Pattern DECLARED =
            Pattern.compile("([a-z]+)(?:\\s*=\\s*(\\S+))?(?:\\s+from\\s+([A-Za-z0-9_, ]+?))?\\s+--\\s+(.+)");

    private final Map<String, String> keys = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Variable> variables = new ArrayList<>();
    private final int lines;

    private FrontMatter(int lines) {
        this.lines = lines;
    }

    static FrontMatter parse(List<String> file, List<Problem> problems) {
        if (file.isEmpty() || !file.getFirst().strip().equals(FENCE)) {
            problems.add(new Problem(1, "a runbook begins with a front matter between two lines of ---"));
            return new FrontMatter(0);
        }
        int end = 1;
        while (end < file.size() && !file.get(end).strip().equals(FENCE)) {
            end++;
        }
        if (end == file.size()) {
            problems.add(new Problem(1, "the front matter does not end: a line of --- is missing"));
            return new FrontMatter(end);
        }
        FrontMatter matter = new FrontMatter(end + 1);
        for (int i = 1; i < end; i++) {
            if (!file.get(i).isBlank()) {
                matter.line(i + 1, file.get(i), problems);
            }
        }
        matter.whatItIsFor(problems);
        for (String key : KEYS) {
            if (!matter.keys.containsKey(key)) {
                problems.add(new Problem(1, "the front matter has no " + key));
            }
        }
        return matter;
    }

    private void whatItIsFor(List<Problem> problems) {
        String severity = get("severity");
        if (keys.containsKey("severity") && !SEVERITIES.contains(severity)) {
            problems.add(new Problem(
                    lineOf("severity"), "'" + severity + "' is no severity: " + String.join(", ", SEVERITIES)));
        } else if (keys.containsKey("alerts") && list().isEmpty() && !severity.equals(Runbook.PROCEDURE)) {
            problems.add(new Problem(lineOf("alerts"), "only a procedure is for no alerts"));
        }
    }

    private int lineOf(String key) {
        return numbers.getOrDefault(key, 1);
    }

    private void line(int number, String line, List<Problem> problems) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            problems.add(new Problem(number, "'" + line + "' is no line of the form key: value"));
            return;
        }
        String key = line.substring(0, colon).strip();
        String value = line.substring(colon + 1).strip();
        Matcher variable = VARIABLE.matcher(key);
        if (variable.matches()) {
            variable(number, variable.group(1), value, problems);
        } else if (!KEYS.contains(key)) {
            problems.add(new Problem(number, "a front matter has no key '" + key + "'"));
        } else if (keys.put(key, value) != null) {
            problems.add(new Problem(number, key + " stands there twice"));
        } else {
            numbers.put(key, number);
        }
    }

    private void variable(int line, String name, String declared, List<Problem> problems) {
        Matcher matcher = DECLARED.matcher(declared);
        Optional<VariableType> type = matcher.matches() ? VariableType.of(matcher.group(1)) : Optional.empty();
        if (type.isEmpty()) {
            problems.add(new Problem(
                    line, "a variable is declared like 'var network: network from network -- What floods us'"));
            return;
        }
        Optional<String> fallback = Optional.ofNullable(matcher.group(2));
        if (fallback.isPresent() && !type.get().accepts(fallback.get())) {
            problems.add(new Problem(
                    line, "'" + fallback.get() + "' is no " + type.get().word()));
            return;
        }
        if (variables.stream().anyMatch(each -> each.name().equals(name))) {
            problems.add(new Problem(line, "the variable " + name + " stands there twice"));
        }
        String labels = matcher.group(3);
        variables.add(
                new Variable(name, type.get(), fallback, labels == null ? List.of() : list(labels), matcher.group(4)));
    }

    String get(String key) {
        return keys.getOrDefault(key, "");
    }

    List<String> list() {
        return list(get("alerts"));
    }

    private static List<String> list(String value) {
        return Stream.of(value.split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    List<Variable> variables() {
        return variables;
    }

    /// How many lines of the file it takes.
    int lines() {
        return lines;
    }
}
