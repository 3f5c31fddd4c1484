package dev.heliograph.console.desktop.shell;

import java.util.Locale;
import java.util.OptionalInt;

/// How well what somebody types stands for a title: its letters in their order, beginnings of words and letters side by
/// side first.
final class Fuzzy {

    private static final int WORD = 8;
    private static final int NEXT = 5;
    private static final int ANY = 1;

    private Fuzzy() {}

    /// More is better; empty if it does not match. Spaces in what is typed do not matter.
    static OptionalInt score(String typed, String title) {
        String wanted = typed.toLowerCase(Locale.ROOT).replace(" ", "");
        String text = title.toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return OptionalInt.of(0);
        }
        int best = -1;
        for (int from = text.indexOf(wanted.charAt(0)); from >= 0; from = text.indexOf(wanted.charAt(0), from + 1)) {
            best = Math.max(best, scoreFrom(wanted, text, from));
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    private static int scoreFrom(String wanted, String text, int from) {
        int score = 0;
        int at = from;
        for (int i = 0; i < wanted.length(); i++) {
            int next = text.indexOf(wanted.charAt(i), at);
            if (next < 0) {
                return -1;
            }
            boolean word = next == 0 || !Character.isLetterOrDigit(text.charAt(next - 1));
            boolean beside = i > 0 && next == at;
            score += word ? WORD : beside ? NEXT : ANY;
            at = next + 1;
        }
        // Of titles that match alike, the one that begins with it is meant, and then the shorter one.
        return score * 10_000 - Math.min(from, 99) * 100 - Math.min(text.length(), 99);
    }
}
