package dev.heliograph.console.connections;

import java.util.ArrayList;
import java.util.List;

/// A word of a query, as the relay cuts it; but any text has words here, also one that is being written.
///
/// @param text  without its quotes
/// @param start characters before it
/// @param end   characters before its end
record Word(Kind kind, String text, int start, int end) {

    enum Kind {
        /// A name, a number with its unit, an address, a pattern: anything up to a space or a sign.
        WORD,
        /// Text in quotes.
        STRING,
        /// Text in quotes that does not end yet.
        OPEN,
        /// An operator, a parenthesis, a comma.
        SIGN
    }

    private static final String SIGNS = "()=!<>,";

    boolean is(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    static List<Word> of(String query) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < query.length()) {
            char c = query.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            Word word = c == '"' ? quoted(query, at) : SIGNS.indexOf(c) >= 0 ? sign(query, at) : plain(query, at);
            words.add(word);
            at = word.end;
        }
        return words;
    }

    private static Word quoted(String query, int start) {
        StringBuilder text = new StringBuilder();
        int at = start + 1;
        while (at < query.length() && query.charAt(at) != '"') {
            if (query.charAt(at) == '\\' && at + 1 < query.length()) {
                if (query.charAt(at + 1) != '"') {
                    text.append('\\');
                }
                at++;
            }
            text.append(query.charAt(at++));
        }
        boolean ends = at < query.length();
        return new Word(ends ? Kind.STRING : Kind.OPEN, text.toString(), start, ends ? at + 1 : at);
    }

    private static Word sign(String query, int start) {
        boolean two =
                "!<>".indexOf(query.charAt(start)) >= 0 && start + 1 < query.length() && query.charAt(start + 1) == '=';
        int end = start + (two ? 2 : 1);
        return new Word(Kind.SIGN, query.substring(start, end), start, end);
    }

    private static Word plain(String query, int start) {
        int at = start;
        while (at < query.length()
                && !Character.isWhitespace(query.charAt(at))
                && query.charAt(at) != '"'
                && SIGNS.indexOf(query.charAt(at)) < 0) {
            at++;
        }
        return new Word(Kind.WORD, query.substring(start, at), start, at);
    }
}
