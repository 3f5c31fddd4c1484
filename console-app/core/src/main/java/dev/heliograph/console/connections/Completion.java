package dev.heliograph.console.connections;

import dev.heliograph.console.text.Messages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What could stand at a place of a query.
///
/// @param from        the place where the word begins that a suggestion takes the place of
/// @param to          where it ends
/// @param suggestions the likeliest first; none where nothing is known
public record Completion(int from, int to, List<Suggestion> suggestions) {

    /// More would not be read.
    static final int MOST = 40;

    public Completion {
        suggestions = List.copyOf(suggestions);
    }

    /// @param caret characters before the caret
    /// @param seen  values of fields
    public static Completion at(String query, int caret, SeenValues seen) {
        int place = Math.clamp(caret, 0, query.length());
        List<Word> before = new ArrayList<>();
        int from = place;
        int to = place;
        String begun = "";
        for (Word word : Word.of(query)) {
            boolean open = word.kind() == Word.Kind.WORD || word.kind() == Word.Kind.OPEN;
            if (word.end() < place || (word.end() == place && !open)) {
                before.add(word);
            } else if (word.start() < place) {
                from = word.start();
                to = word.end();
                begun = query.substring(from, place);
            }
        }
        String typed = begun.startsWith("\"") ? begun.substring(1) : begun;
        return new Completion(from, to, matching(expected(before, seen), typed));
    }

    private static List<Suggestion> matching(List<Suggestion> expected, String typed) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        List<Suggestion> first = new ArrayList<>();
        List<Suggestion> second = new ArrayList<>();
        for (Suggestion each : expected) {
            String text = each.text().toLowerCase(Locale.ROOT).replaceFirst("^\"", "");
            if (text.equals(wanted)) {
                continue;
            }
            if (text.startsWith(wanted)) {
                first.add(each);
            } else if (text.contains(wanted)) {
                second.add(each);
            }
        }
        return Stream.concat(first.stream(), second.stream()).limit(MOST).toList();
    }

    /// Goes through the words as the relay would, and says what it would want next.
    private static List<Suggestion> expected(List<Word> words, SeenValues seen) {
        QueryPlace place = new QueryPlace();
        words.forEach(place::pass);
        return switch (place.next()) {
            case CONDITION -> condition(words.isEmpty());
            case OPERATOR -> operators(place.field());
            case IN -> keywords("in");
            case VALUE_OR_LIST ->
                Stream.concat(keywords("(").stream(), values(place.field(), seen).stream())
                        .toList();
            case VALUE -> values(place.field(), seen);
            case LIST_MORE -> keywords(",", ")");
            case JOIN -> place.depth() > 0 ? keywords("and", "or", ")") : keywords("and", "or", "order by");
            case BY -> keywords("by");
            case SORT_FIELD -> fields(true);
            case DIRECTION -> keywords("desc", "asc");
            case NOTHING -> List.of();
        };
    }

    private static List<Suggestion> condition(boolean first) {
        List<Suggestion> all = new ArrayList<>(fields(false));
        all.addAll(keywords("not", "("));
        if (first) {
            all.addAll(keywords("order by"));
        }
        return all;
    }

    private static List<Suggestion> fields(boolean sortable) {
        return Arrays.stream(QueryField.values())
                .filter(field -> !sortable || field.sortable())
                .map(field -> new Suggestion(field.word(), field.meaning()))
                .toList();
    }

    private static List<Suggestion> operators(QueryField field) {
        return keywords(field.type().operators().toArray(String[]::new));
    }

    private static List<Suggestion> values(QueryField field, SeenValues seen) {
        return Stream.concat(
                        seen.of(field).stream()
                                .map(value -> new Suggestion(
                                        QueryText.literal(value.text()),
                                        Messages.text("connections.suggest.seen", value.times()))),
                        field.type().examples().stream()
                                .map(value -> new Suggestion(value, Messages.text("connections.suggest.example"))))
                .toList();
    }

    private static List<Suggestion> keywords(String... words) {
        return Arrays.stream(words)
                .map(word -> new Suggestion(word, Messages.text("connections.suggest." + key(word))))
                .toList();
    }

    private static String key(String word) {
        return switch (word) {
            case "=" -> "equal";
            case "!=" -> "unequal";
            case "<" -> "less";
            case "<=" -> "at-most";
            case ">" -> "more";
            case ">=" -> "at-least";
            case "(" -> "open";
            case ")" -> "close";
            case "," -> "comma";
            default -> word.replace(' ', '-');
        };
    }
}
