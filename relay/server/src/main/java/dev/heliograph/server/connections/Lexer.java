package dev.heliograph.server.connections;

import java.util.ArrayList;
import java.util.List;

/// Cuts a query into its words. In quotes `\"` is a quote; any other backslash stays, for patterns.
final class Lexer {

    private static final String SIGNS = "()=!<>,";

    private final String query;
    private int at;

    private Lexer(String query) {
        this.query = query;
    }

    /// @return its words, and the end
    static List<Token> tokens(String query) {
        Lexer lexer = new Lexer(query);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(lexer.next());
        } while (tokens.getLast().kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() {
        while (at < query.length() && Character.isWhitespace(query.charAt(at))) {
            at++;
        }
        if (at == query.length()) {
            return new Token(Token.Kind.END, "", at);
        }
        char c = query.charAt(at);
        if (c == '"') {
            return string();
        }
        if (c == '\'') {
            throw new QueryException("texts stand in double quotes", at);
        }
        return SIGNS.indexOf(c) >= 0 ? sign() : word();
    }

    private Token string() {
        int start = at++;
        StringBuilder text = new StringBuilder();
        while (at < query.length() && query.charAt(at) != '"') {
            char c = query.charAt(at++);
            if (c == '\\' && at < query.length()) {
                char escaped = query.charAt(at++);
                if (escaped != '"') {
                    text.append(c);
                }
                text.append(escaped);
            } else {
                text.append(c);
            }
        }
        if (at == query.length()) {
            throw new QueryException("the text that begins here does not end: a quote is missing", start);
        }
        at++;
        return new Token(Token.Kind.STRING, text.toString(), start);
    }

    private Token sign() {
        int start = at++;
        char c = query.charAt(start);
        if ("!<>".indexOf(c) >= 0 && at < query.length() && query.charAt(at) == '=') {
            at++;
        } else if (c == '!') {
            throw new QueryException("'!' alone is no operator; use != or not", start);
        } else if (c == '=' && at < query.length() && query.charAt(at) == '=') {
            throw new QueryException("'==' is no operator; use =", start);
        }
        return new Token(Token.Kind.SIGN, query.substring(start, at), start);
    }

    private Token word() {
        int start = at;
        while (at < query.length() && isPartOfWord(query.charAt(at))) {
            at++;
        }
        return new Token(Token.Kind.WORD, query.substring(start, at), start);
    }

    private static boolean isPartOfWord(char c) {
        return !Character.isWhitespace(c) && c != '"' && SIGNS.indexOf(c) < 0;
    }
}
