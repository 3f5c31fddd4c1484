package dev.heliograph.runbook;

import dev.heliograph.runbook.Check.Comparison;
import dev.heliograph.runbook.Check.When;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads `MEASURE(ARGUMENT; ARGUMENT) COMPARISON LIMIT`.
final class CheckParser {

    private static final Pattern FORM =
            Pattern.compile("([a-z_]+)\\((.*)\\)\\s*(<=|>=|!=|<|>|=)\\s*(\\d+(?:\\.\\d+)?|\\{[a-z][a-z0-9_]*\\})");

    private CheckParser() {}

    /// @throws IllegalArgumentException with a sentence if it is none
    static Check parse(String step, When when, String source) {
        Matcher matcher = FORM.matcher(source);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + source + "' is no check; one is written like connections(ip in {network}) = 0");
        }
        Measure measure = Measure.of(matcher.group(1))
                .orElseThrow(() -> new IllegalArgumentException("there is no measure '" + matcher.group(1) + "'"));
        String inside = matcher.group(2).strip();
        List<Template> arguments = inside.isEmpty()
                ? List.of()
                : Stream.of(measure.most() == 1 ? new String[] {inside} : inside.split(";", -1))
                        .map(String::strip)
                        .map(Template::new)
                        .toList();
        if (measure == Measure.CONNECTIONS && arguments.isEmpty()) {
            arguments = List.of(new Template(""));
        }
        if (arguments.size() < measure.fewest() || arguments.size() > measure.most()) {
            throw new IllegalArgumentException(measure.word() + " does not take " + arguments.size() + " arguments");
        }
        Comparison comparison = Stream.of(Comparison.values())
                .filter(each -> each.sign().equals(matcher.group(3)))
                .findFirst()
                .orElseThrow();
        return new Check(step, when, measure, arguments, comparison, new Template(matcher.group(4)), source);
    }
}
