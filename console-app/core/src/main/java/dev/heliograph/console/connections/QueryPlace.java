package dev.heliograph.console.connections;

/// Where in the grammar of queries one stands after some words. Wrong words are passed over: what comes behind them
/// is to be completed all the same. Not threadsafe.
final class QueryPlace {

    /// What may come next.
    enum Next {
        CONDITION,
        OPERATOR,
        /// Behind `field not`.
        IN,
        VALUE,
        VALUE_OR_LIST,
        LIST_MORE,
        JOIN,
        BY,
        SORT_FIELD,
        DIRECTION,
        NOTHING
    }

    private Next next = Next.CONDITION;
    private QueryField field = QueryField.ID;
    private int depth;
    private boolean inList;

    Next next() {
        return next;
    }

    /// The one whose operator or value comes next.
    QueryField field() {
        return field;
    }

    /// Parentheses that are open.
    int depth() {
        return depth;
    }

    void pass(Word word) {
        if (word.is("order") && (next == Next.CONDITION || next == Next.JOIN)) {
            next = Next.BY;
            return;
        }
        next = switch (next) {
            case CONDITION -> condition(word);
            case OPERATOR -> operator(word);
            case IN -> Next.VALUE_OR_LIST;
            case VALUE_OR_LIST -> {
                inList = word.isSign("(");
                yield inList ? Next.VALUE : Next.JOIN;
            }
            case VALUE -> inList ? Next.LIST_MORE : Next.JOIN;
            case LIST_MORE -> {
                inList = !word.isSign(")");
                yield inList ? Next.VALUE : Next.JOIN;
            }
            case JOIN -> join(word);
            case BY -> Next.SORT_FIELD;
            case SORT_FIELD -> Next.DIRECTION;
            case DIRECTION, NOTHING -> Next.NOTHING;
        };
    }

    private Next condition(Word word) {
        if (word.isSign("(")) {
            depth++;
            return Next.CONDITION;
        }
        if (word.is("not")) {
            return Next.CONDITION;
        }
        QueryField.of(word.text()).ifPresent(known -> field = known);
        return Next.OPERATOR;
    }

    private static Next operator(Word word) {
        if (word.is("not")) {
            return Next.IN;
        }
        return word.is("in") ? Next.VALUE_OR_LIST : Next.VALUE;
    }

    private Next join(Word word) {
        if (word.isSign(")")) {
            depth = Math.max(0, depth - 1);
            return Next.JOIN;
        }
        return Next.CONDITION;
    }
}
