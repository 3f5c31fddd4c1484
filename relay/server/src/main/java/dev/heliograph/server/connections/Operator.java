package dev.heliograph.server.connections;

import java.util.Arrays;
import java.util.Optional;

/// How two values are compared.
enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    /// @param order of the left value to the right one, as a comparator gives it
    boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }

    boolean equality() {
        return this == EQUAL || this == NOT_EQUAL;
    }

    static Optional<Operator> of(Token token) {
        return Arrays.stream(values()).filter(each -> token.isSign(each.sign)).findFirst();
    }
}
