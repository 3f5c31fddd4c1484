package dev.heliograph.server.connections;

import java.util.Arrays;
import java.util.List;

/// A version of a client, compared as semantic versioning compares: `5.10` is above `5.9`, `5.0.0-rc.1` is below
/// `5.0.0`, `5.2` and `v5.2.0` are the same, what is behind a `+` does not count. Whatever a client says has a
/// place in this order; a part that is no number is below every number.
///
/// @param core       the parts before the first `-`
/// @param preRelease the parts behind it; none for a release
record VersionNumber(List<String> core, List<String> preRelease) implements Comparable<VersionNumber> {

    static VersionNumber of(String text) {
        String rest = text.strip();
        if (rest.length() > 1 && (rest.charAt(0) == 'v' || rest.charAt(0) == 'V') && isDigit(rest.charAt(1))) {
            rest = rest.substring(1);
        }
        int build = rest.indexOf('+');
        rest = build < 0 ? rest : rest.substring(0, build);
        int dash = rest.indexOf('-');
        return dash < 0
                ? new VersionNumber(parts(rest), List.of())
                : new VersionNumber(parts(rest.substring(0, dash)), parts(rest.substring(dash + 1)));
    }

    private static List<String> parts(String text) {
        return Arrays.asList(text.split("\\.", -1));
    }

    @Override
    public int compareTo(VersionNumber other) {
        int cores = compare(core, other.core, "0", false);
        if (cores != 0) {
            return cores;
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        return compare(preRelease, other.preRelease, "", true);
    }

    /// @param absent      what stands for a part that only the other one has
    /// @param numberFirst whether numbers are below other parts
    private static int compare(List<String> these, List<String> others, String absent, boolean numberFirst) {
        for (int i = 0; i < Math.max(these.size(), others.size()); i++) {
            String one = i < these.size() ? these.get(i) : absent;
            String two = i < others.size() ? others.get(i) : absent;
            int order = compare(one, two, numberFirst);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(String one, String two, boolean numberFirst) {
        if (isNumber(one) && isNumber(two)) {
            String left = withoutZeros(one);
            String right = withoutZeros(two);
            int lengths = Integer.compare(left.length(), right.length());
            return lengths != 0 ? lengths : left.compareTo(right);
        }
        if (isNumber(one) != isNumber(two) && !one.isEmpty() && !two.isEmpty()) {
            return isNumber(one) == numberFirst ? -1 : 1;
        }
        return one.compareTo(two);
    }

    private static String withoutZeros(String number) {
        int start = 0;
        while (start < number.length() && number.charAt(start) == '0') {
            start++;
        }
        return number.substring(start);
    }

    private static boolean isNumber(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (!isDigit(part.charAt(i))) {
                return false;
            }
        }
        return !part.isEmpty();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
