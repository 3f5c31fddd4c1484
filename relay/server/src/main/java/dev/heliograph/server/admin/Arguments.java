package dev.heliograph.server.admin;

import io.helidon.common.uri.UriQuery;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a request gives for the parameters of its query.
final class Arguments {

    private static final int MAX_REASON = 500;

    private final UriQuery query;
    private final List<Param> params;

    Arguments(UriQuery query, List<Param> params) {
        this.query = query;
        this.params = params;
    }

    /// Requires each to be one of the parameters, and of its kind.
    ///
    /// @throws AdminException 400
    void check() {
        Set<String> known = new HashSet<>();
        for (Param param : params) {
            known.add(param.name());
            String value = text(param.name()).orElse(null);
            if (value == null || value.isEmpty()) {
                if (param.required()) {
                    throw AdminException.invalid("the parameter " + param.name() + " is needed");
                }
            } else if (param.kind() == Param.Kind.INTEGER && !value.matches("-?\\d{1,18}")) {
                throw AdminException.invalid("the parameter " + param.name() + " is not a whole number");
            } else if (param.kind() == Param.Kind.FLAG && !value.equals("true") && !value.equals("false")) {
                throw AdminException.invalid("the parameter " + param.name() + " is neither true nor false");
            }
        }
        for (String name : query.names()) {
            // An unknown one may be a misspelt dry_run: nothing may happen then.
            if (!known.contains(name)) {
                throw AdminException.invalid("there is no parameter '" + name + "' here");
            }
        }
        if (text(Route.REASON.name()).orElse("").length() > MAX_REASON) {
            throw AdminException.invalid("the reason is longer than " + MAX_REASON + " characters");
        }
    }

    Optional<String> text(String name) {
        return query.first(name).asOptional();
    }

    /// @throws AdminException 400 if it is out of bounds
    long integer(String name, long fallback, long min, long max) {
        long value =
                text(name).filter(text -> !text.isEmpty()).map(Long::valueOf).orElse(fallback);
        if (value < min || value > max) {
            throw AdminException.invalid("the parameter " + name + " is not between " + min + " and " + max);
        }
        return value;
    }

    boolean flag(String name) {
        return text(name).orElse("").equals("true");
    }

    /// Why the operator does it, as far as they say.
    String reason() {
        String reason = text(Route.REASON.name()).orElse("");
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
    }
}
