package dev.heliograph.console.connections;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads and changes the text of a query, as far as the console needs to: its order and its condition. Whether a query
/// is one says the relay.
public final class QueryText {

    /// Words that a value must not look like.
    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "order", "by", "asc", "desc");

    /// By what, and which way.
    public record Order(QueryField field, boolean descending) {

        static final Order BY_ID = new Order(QueryField.ID, false);
    }

    private QueryText() {}

    /// The order of a query; by id if it says none, or none that is known here.
    public static Order order(String query) {
        return orderStart(query)
                .flatMap(start -> {
                    List<Word> words = Word.of(query.substring(start));
                    boolean descending = words.size() > 3 && words.get(3).is("desc");
                    return words.size() < 3
                            ? Optional.empty()
                            : QueryField.of(words.get(2).text()).map(field -> new Order(field, descending));
                })
                .orElse(Order.BY_ID);
    }

    /// Whether it says an order.
    public static boolean hasOrder(String query) {
        return orderStart(query).isPresent();
    }

    /// The same connections in another order.
    public static String ordered(String query, Order order) {
        String condition = condition(query);
        String behind = "order by " + order.field().word() + (order.descending() ? " desc" : "");
        return condition.isEmpty() ? behind : condition + " " + behind;
    }

    /// What it says of the connections, without the order; may be empty.
    public static String condition(String query) {
        return orderStart(query)
                .map(start -> query.substring(0, start))
                .orElse(query)
                .strip();
    }

    /// The same, and this too.
    ///
    /// @param comparison one, as [#equal] writes it
    public static String narrowed(String query, String comparison) {
        String condition = condition(query);
        String order =
                orderStart(query).map(start -> " " + query.substring(start)).orElse("");
        if (condition.isEmpty()) {
            return comparison + order;
        }
        boolean alternatives = Word.of(condition).stream().anyMatch(word -> word.is("or"));
        return (alternatives ? "(" + condition + ")" : condition) + " and " + comparison + order;
    }

    /// A comparison with just this value, whatever it has in it.
    public static String equal(QueryField field, String value) {
        return switch (field.type()) {
            case ADDRESS -> field.word() + (value.contains("/") ? " in " : " = ") + value;
            default -> field.word() + " = " + literal(value);
        };
    }

    /// A value as it is written in a query: nothing in it is a pattern, and it is in quotes where it must be.
    static String literal(String value) {
        String plain = value.replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
        boolean bare =
                plain.matches("[^\\s\"'()=!<>,]+") && !KEYWORDS.contains(plain.toLowerCase(java.util.Locale.ROOT));
        return bare ? plain : "\"" + plain.replace("\"", "\\\"") + "\"";
    }

    /// Where the order begins.
    private static Optional<Integer> orderStart(String query) {
        List<Word> words = Word.of(query);
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).is("order") && words.get(i + 1).is("by")) {
                return Optional.of(words.get(i).start());
            }
        }
        return Optional.empty();
    }
}
