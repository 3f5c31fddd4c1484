package dev.heliograph.runbook;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with places for variables: `ip in {network}`. Values are put in once and never looked at again, so that one
/// cannot bring a place of its own.
///
/// @param text as it is written
public record Template(String text) {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9_]*)\\}");

    /// The names of its variables, in their order.
    public Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /// As data: what the API takes as one value.
    ///
    /// @throws RunbookException if a variable has no value yet
    public String fill(Values values) {
        return Language.DATA.fill(this, values);
    }

    /// For people: variables without a value stay as they are written.
    public String preview(Values values) {
        return PLACE.matcher(text)
                .replaceAll(place ->
                        Matcher.quoteReplacement(values.get(place.group(1)).orElse(place.group())));
    }

    /// @param values by the names of variables
    /// @throws RunbookException if one is missing
    String fill(Function<String, Optional<String>> values) {
        return PLACE.matcher(text).replaceAll(place -> {
            String name = place.group(1);
            return Matcher.quoteReplacement(
                    values.apply(name).orElseThrow(() -> new RunbookException("Say first what '" + name + "' is.")));
        });
    }
}
