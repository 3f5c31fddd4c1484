package dev.heliograph.server.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/// A pattern for whole names, of channels or users: `*` any run of characters, `?` any character, `[a-c]` one
/// of a set and `[!a-c]` none of it, `{a,b}` either of several patterns; `\` takes the next character as it is.
///
/// Not the JDK's, which is for paths: there are channel names that are no path, and a path has other names for itself.
/// All ways to match are followed at once, so the time is at most the pattern's length times the name's, whatever the
/// pattern.
public final class Glob implements Predicate<String> {

    /// Ample for names of 255 characters; a name is matched in at most so many steps for each of them.
    private static final int MAX_LENGTH = 1_024;

    private interface Characters {
        boolean contain(char c);
    }

    /// One place in the pattern.
    ///
    /// @param takes which characters lead on to `next`
    /// @param free  places that are reached without a character
    private record Place(Characters takes, int next, List<Integer> free) {}

    private static final Characters ANY = _ -> true;
    private static final Characters NONE = _ -> false;

    private final String pattern;
    private final List<Place> places = new ArrayList<>();
    private int at;

    /// @throws IllegalArgumentException if it is none
    public Glob(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            throw bad("longer than " + MAX_LENGTH + " characters");
        }
        this.pattern = pattern;
        // The open braces: where each forks, and where its alternatives so far end.
        Deque<List<Integer>> forks = new ArrayDeque<>();
        Deque<List<Integer>> ends = new ArrayDeque<>();
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            int here = places.size();
            switch (c) {
                case '*' -> places.add(new Place(ANY, here, List.of(here + 1)));
                case '?' -> take(ANY);
                case '[' -> take(set());
                case '{' -> {
                    forks.push(new ArrayList<>(List.of(here + 1)));
                    ends.push(new ArrayList<>());
                    places.add(new Place(NONE, here, forks.element()));
                }
                case ',' -> {
                    if (forks.isEmpty()) {
                        take(candidate -> candidate == ',');
                    } else {
                        ends.element().add(here);
                        forks.element().add(here + 1);
                        places.add(new Place(NONE, here, new ArrayList<>()));
                    }
                }
                case '}' -> {
                    if (forks.isEmpty()) {
                        throw bad("} without {");
                    }
                    forks.pop();
                    ends.pop().forEach(end -> places.get(end).free().add(here));
                }
                default -> {
                    char literal = c == '\\' ? next() : c;
                    take(candidate -> candidate == literal);
                }
            }
        }
        if (!forks.isEmpty()) {
            throw bad("{ without }");
        }
    }

    private void take(Characters characters) {
        places.add(new Place(characters, places.size() + 1, List.of()));
    }

    private char next() {
        if (at == pattern.length()) {
            throw bad("it ends too early");
        }
        return pattern.charAt(at++);
    }

    /// Reads a set, behind its bracket.
    private Characters set() {
        boolean negated = at < pattern.length() && pattern.charAt(at) == '!';
        at += negated ? 1 : 0;
        BitSet members = new BitSet();
        for (char c = next(); c != ']'; c = next()) {
            char first = c == '\\' ? next() : c;
            char last = first;
            if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
                at++;
                char end = next();
                last = end == '\\' ? next() : end;
            }
            if (last < first) {
                throw bad("a range ends before it begins");
            }
            members.set(first, last + 1);
        }
        if (members.isEmpty()) {
            throw bad("a set is empty");
        }
        return c -> members.get(c) != negated;
    }

    private static IllegalArgumentException bad(String why) {
        return new IllegalArgumentException("bad pattern: " + why);
    }

    @Override
    public boolean test(String name) {
        BitSet reached = new BitSet();
        reach(0, reached);
        for (int i = 0; i < name.length() && !reached.isEmpty(); i++) {
            BitSet next = new BitSet();
            for (int place = reached.nextSetBit(0); place >= 0; place = reached.nextSetBit(place + 1)) {
                if (place < places.size() && places.get(place).takes().contain(name.charAt(i))) {
                    reach(places.get(place).next(), next);
                }
            }
            reached = next;
        }
        return reached.get(places.size());
    }

    /// Adds a place and those that are reached from it without a character.
    private void reach(int place, BitSet reached) {
        Deque<Integer> open = new ArrayDeque<>(List.of(place));
        while (!open.isEmpty()) {
            int each = open.pop();
            if (!reached.get(each)) {
                reached.set(each);
                if (each < places.size()) {
                    open.addAll(places.get(each).free());
                }
            }
        }
    }

    /// The pattern as it was given.
    public String pattern() {
        return pattern;
    }
}
