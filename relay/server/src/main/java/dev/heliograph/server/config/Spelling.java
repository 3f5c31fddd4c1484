package dev.heliograph.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which word was meant.
public final class Spelling {

    private Spelling() {}

    /// To append to a message; empty if nothing is like it.
    static String hint(String word, Collection<String> known) {
        return closest(word, known).map(each -> "; did you mean " + each + "?").orElse("");
    }

    /// The known word that is meant, if one is close enough: the same key elsewhere, or few edits away.
    public static Optional<String> closest(String word, Collection<String> known) {
        List<String> elsewhere = known.stream()
                .filter(each -> lastPart(each).equals(lastPart(word)))
                .sorted(Comparator.comparingInt((String each) -> distance(each, word))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        Optional<String> similar = known.stream()
                .min(Comparator.comparingInt(each -> distance(each, word)))
                .filter(each ->
                        distance(each, word) <= Math.max(2, lastPart(word).length() / 6));
        return similar.or(() -> elsewhere.stream().findFirst());
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /// Edits from one text to another (Levenshtein).
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
