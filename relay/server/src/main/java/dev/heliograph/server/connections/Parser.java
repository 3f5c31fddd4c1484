package dev.heliograph.server.connections;

import dev.heliograph.server.config.Spelling;
import dev.heliograph.server.ip.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads the words of a query, by recursive descent:
///
/// ```
/// query      = [or] ["order" "by" field ["asc" | "desc"]]
/// or         = and {"or" and}
/// and        = not {"and" not}
/// not        = "not" not | "(" or ")" | comparison
/// comparison = field operator value | field ["not"] "in" (value | "(" value {"," value} ")")
/// ```
final class Parser {

    /// Parentheses and negations in each other.
    static final int MAX_DEPTH = 32;

    /// Comparisons of one query.
    static final int MAX_COMPARISONS = 64;

    /// Values of one list.
    static final int MAX_VALUES = 200;

    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "order", "by", "asc", "desc");

    private final List<Token> tokens;
    private int at;
    private int depth;
    private int comparisons;

    /// @param tokens the last one is the end
    Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    Query query() {
        Filter filter = peek().kind() == Token.Kind.END || peek().is("order") ? Filter.ALL : or();
        Order order = peek().is("order") ? order() : Order.DEFAULT;
        Token rest = peek();
        if (rest.kind() != Token.Kind.END) {
            throw bad(rest, "'and', 'or', 'order by' or the end expected, not " + rest.quoted());
        }
        return new Query(filter, order);
    }

    private Order order() {
        next();
        if (!peek().is("by")) {
            throw bad(peek(), "'by' expected behind 'order', not " + peek().quoted());
        }
        next();
        Token name = peek();
        Field field = field();
        if (!field.sortable()) {
            throw bad(name, "nothing can be sorted by %s, of which a connection may have many".formatted(field.word()));
        }
        boolean descending = peek().is("desc");
        if (descending || peek().is("asc")) {
            next();
        }
        return new Order(field, descending);
    }

    private Filter or() {
        List<Filter> any = separated("or", this::and);
        return any.size() == 1 ? any.getFirst() : new Filter.Or(any);
    }

    private Filter and() {
        List<Filter> all = separated("and", this::not);
        return all.size() == 1 ? all.getFirst() : new Filter.And(all);
    }

    private List<Filter> separated(String keyword, java.util.function.Supplier<Filter> part) {
        List<Filter> parts = new ArrayList<>();
        parts.add(part.get());
        while (peek().is(keyword)) {
            next();
            parts.add(part.get());
        }
        return List.copyOf(parts);
    }

    private Filter not() {
        Token first = peek();
        if (!first.is("not") && !first.isSign("(")) {
            return comparison();
        }
        if (++depth > MAX_DEPTH) {
            throw bad(first, "more than %d parentheses and negations in each other".formatted(MAX_DEPTH));
        }
        next();
        Filter filter;
        if (first.is("not")) {
            filter = new Filter.Not(not());
        } else {
            filter = or();
            if (!peek().isSign(")")) {
                throw bad(peek(), "')' expected, not " + peek().quoted());
            }
            next();
        }
        depth--;
        return filter;
    }

    private Filter comparison() {
        Token name = peek();
        Field field = field();
        if (++comparisons > MAX_COMPARISONS) {
            throw bad(name, "more than %d comparisons".formatted(MAX_COMPARISONS));
        }
        Token sign = next();
        if (sign.is("not")) {
            Token in = next();
            if (!in.is("in")) {
                throw bad(in, "'in' expected behind 'not', not " + in.quoted());
            }
            return new Filter.Not(in(field));
        }
        if (sign.is("in")) {
            return in(field);
        }
        Operator operator = Operator.of(sign)
                .orElseThrow(() -> bad(
                        sign,
                        "an operator (= != < <= > >= in) expected behind %s, not %s"
                                .formatted(field.word(), sign.quoted())));
        Token value = value(field);
        return switch (field.type()) {
            case NUMBER, BYTES, DURATION -> new Filter.Amount(field, operator, Values.number(field, value));
            case VERSION -> version(operator, value);
            case TEXT, ADDRESS, FLAG -> {
                if (!operator.equality()) {
                    throw bad(
                            sign, "%s has no order: use =, != or in, not %s".formatted(field.word(), operator.sign()));
                }
                Filter equal = among(field, List.of(value));
                yield operator == Operator.EQUAL ? equal : new Filter.Not(equal);
            }
        };
    }

    private Filter in(Field field) {
        List<Token> values = new ArrayList<>();
        if (peek().isSign("(")) {
            next();
            values.add(value(field));
            while (peek().isSign(",")) {
                next();
                values.add(value(field));
                if (values.size() > MAX_VALUES) {
                    throw bad(values.getLast(), "more than %d values in a list".formatted(MAX_VALUES));
                }
            }
            if (!peek().isSign(")")) {
                throw bad(peek(), "',' or ')' expected, not " + peek().quoted());
            }
            next();
        } else {
            values.add(value(field));
        }
        return switch (field.type()) {
            case NUMBER, BYTES, DURATION ->
                any(values, value -> new Filter.Amount(field, Operator.EQUAL, Values.number(field, value)));
            case VERSION -> any(values, value -> version(Operator.EQUAL, value));
            case TEXT, ADDRESS, FLAG -> among(field, values);
        };
    }

    private static Filter any(List<Token> values, Function<Token, Filter> filter) {
        List<Filter> any = values.stream().map(filter).toList();
        return any.size() == 1 ? any.getFirst() : new Filter.Or(any);
    }

    private static Filter among(Field field, List<Token> values) {
        if (field.type() == Field.Type.ADDRESS) {
            return new Filter.Within(values.stream().map(Parser::range).toList());
        }
        return new Filter.Like(
                field, values.stream().map(value -> pattern(field, value)).toList());
    }

    private static IpPrefix range(Token value) {
        return IpPrefix.find(value.text())
                .orElseThrow(() -> bad(
                        value,
                        "ip needs an address or a range like 10.0.0.0/8 or 2001:db8::/32, not " + value.quoted()));
    }

    private static TextPattern pattern(Field field, Token value) {
        if (field.type() == Field.Type.FLAG) {
            String flag = value.text().toLowerCase(Locale.ROOT);
            if (!flag.equals("true") && !flag.equals("false")) {
                throw bad(value, "%s is true or false, not %s".formatted(field.word(), value.quoted()));
            }
            return new TextPattern(flag);
        }
        try {
            return new TextPattern(value.text());
        } catch (IllegalArgumentException e) {
            throw bad(value, String.valueOf(e.getMessage()));
        }
    }

    private static Filter version(Operator operator, Token value) {
        TextPattern pattern = pattern(Field.VERSION, value);
        if (pattern.plain() && !value.text().isEmpty()) {
            return new Filter.Release(operator, value.text());
        }
        if (!operator.equality()) {
            throw bad(
                    value,
                    "a version needs a number like 5.2 behind %s, not %s".formatted(operator.sign(), value.quoted()));
        }
        Filter like = new Filter.Like(Field.VERSION, List.of(pattern));
        return operator == Operator.EQUAL ? like : new Filter.Not(like);
    }

    private Field field() {
        Token name = next();
        if (name.kind() != Token.Kind.WORD || KEYWORDS.contains(name.text().toLowerCase(Locale.ROOT))) {
            throw bad(name, "a field expected, not " + name.quoted());
        }
        Optional<Field> field = Field.of(name.text());
        if (field.isEmpty()) {
            String hint = name.text().length() > 64
                    ? ""
                    : Spelling.closest(name.text().toLowerCase(Locale.ROOT), Field.words())
                            .map(each -> "; did you mean " + each + "?")
                            .orElse("; there are " + String.join(", ", Field.words()));
            throw bad(name, "there is no field " + name.quoted() + hint);
        }
        return field.get();
    }

    private Token value(Field field) {
        Token value = next();
        boolean keyword = value.kind() == Token.Kind.WORD
                && KEYWORDS.contains(value.text().toLowerCase(Locale.ROOT));
        if (keyword || value.kind() == Token.Kind.SIGN || value.kind() == Token.Kind.END) {
            throw bad(
                    value,
                    "a value for %s expected, not %s%s"
                            .formatted(
                                    field.word(), value.quoted(), keyword ? "; if it is one, put it in quotes" : ""));
        }
        return value;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    private static QueryException bad(Token token, String problem) {
        return new QueryException(problem, token.position());
    }
}
