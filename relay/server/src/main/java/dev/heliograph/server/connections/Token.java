package dev.heliograph.server.connections;

/// A word of a query.
///
/// @param text     without its quotes; of a word without quotes as it is
/// @param position characters before it
record Token(Kind kind, String text, int position) {

    enum Kind {
        /// A name, a number with its unit, an address, a pattern: anything up to a space or a sign.
        WORD,
        /// Text in quotes.
        STRING,
        /// An operator, a parenthesis, a comma.
        SIGN,
        END
    }

    boolean is(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    /// For messages.
    String quoted() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
