package dev.heliograph.server.connections;

import dev.heliograph.server.channel.Glob;
import java.util.function.Predicate;

/// A text, or a pattern for texts as [Glob] knows them. Two are equal if they are written alike.
final class TextPattern implements Predicate<String> {

    private static final String SPECIAL = "*?[]{},\\";

    private final String pattern;
    private final Predicate<String> test;

    /// @throws IllegalArgumentException if it is none
    TextPattern(String pattern) {
        this.pattern = pattern;
        this.test = matcher(pattern);
    }

    /// A pattern for one text.
    static TextPattern literal(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
                escaped.append('\\');
            }
            escaped.append(text.charAt(i));
        }
        return new TextPattern(escaped.toString());
    }

    /// The two usual ones are compared at once, since a list compares thousands of names.
    private static Predicate<String> matcher(String pattern) {
        if (isPlain(pattern)) {
            return pattern::equals;
        }
        String start = pattern.substring(0, pattern.length() - 1);
        if (pattern.endsWith("*") && isPlain(start)) {
            return name -> name.startsWith(start);
        }
        return new Glob(pattern);
    }

    static boolean isPlain(String pattern) {
        return pattern.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    boolean plain() {
        return isPlain(pattern);
    }

    @Override
    public boolean test(String name) {
        return test.test(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextPattern text && text.pattern.equals(pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
