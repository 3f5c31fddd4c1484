package dev.heliograph.console.connections;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why a query was refused.
///
/// @param sentence for the operator
/// @param at       how many characters stand before the place that is wrong, if it has one
public record QueryProblem(String sentence, Optional<Integer> at) {

    private static final Pattern PLACE = Pattern.compile("\\s*\\(at character (\\d{1,5})\\)\\s*$");

    /// Reads what the relay answered: `there is no field 'usr'; did you mean user? (at character 1)`.
    static QueryProblem of(String message) {
        Matcher place = PLACE.matcher(message);
        return place.find()
                ? new QueryProblem(
                        message.substring(0, place.start()), Optional.of(Integer.parseInt(place.group(1)) - 1))
                : new QueryProblem(message, Optional.empty());
    }
}
