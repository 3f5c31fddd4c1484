package dev.heliograph.runbook;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Something that can be seen to be so or not: `connections(ip in {network}) = 0`.
///
/// @param step      whose it is
/// @param when      it must hold
/// @param arguments of the measure
/// @param limit     a number, or a variable that is one
/// @param source    as it is written
public record Check(
        String step,
        When when,
        Measure measure,
        List<Template> arguments,
        Comparison comparison,
        Template limit,
        String source) {

    /// When a check must hold.
    public enum When {
        /// For the step to be needed at all.
        NEEDED,
        /// Before the step makes sense.
        BEFORE,
        /// After it did what it is for.
        AFTER
    }

    /// How what was measured compares with the limit.
    public enum Comparison {
        LESS("<"),
        AT_MOST("<="),
        EQUAL("="),
        UNEQUAL("!="),
        AT_LEAST(">="),
        MORE(">");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        /// Whether it holds.
        public boolean test(double measured, double limit) {
            int order = Double.compare(measured, limit);
            return switch (this) {
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case EQUAL -> order == 0;
                case UNEQUAL -> order != 0;
                case AT_LEAST -> order >= 0;
                case MORE -> order > 0;
            };
        }
    }

    public Check {
        arguments = List.copyOf(arguments);
    }

    /// The names of the variables in it.
    public Set<String> variables() {
        Set<String> names = new TreeSet<>(limit.variables());
        arguments.forEach(argument -> names.addAll(argument.variables()));
        return names;
    }

    /// As it is written, with the values that are known.
    public String preview(Values values) {
        return new Template(source).preview(values);
    }
}
