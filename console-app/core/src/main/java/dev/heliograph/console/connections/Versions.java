package dev.heliograph.console.connections;

import java.math.BigInteger;

/// Compares versions as the relay does: number by number, `5.10` above `5.9`, and `5.0.0-rc.1` below `5.0.0`.
final class Versions {

    private Versions() {}

    static int compare(String one, String two) {
        String[] left = strip(one).split("-", 2);
        String[] right = strip(two).split("-", 2);
        int cores = parts(left[0], right[0], "0");
        if (cores != 0) {
            return cores;
        }
        if (left.length != right.length) {
            return left.length == 1 ? 1 : -1;
        }
        int rest = left.length == 1 ? 0 : parts(left[1], right[1], "");
        // Those that compare alike are told apart, so that the order is total.
        return rest != 0 ? rest : one.compareTo(two);
    }

    private static String strip(String version) {
        return version.strip().replaceFirst("^[vV](?=\\d)", "").replaceFirst("\\+.*", "");
    }

    private static int parts(String one, String two, String absent) {
        String[] left = one.split("\\.", -1);
        String[] right = two.split("\\.", -1);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int order = part(i < left.length ? left[i] : absent, i < right.length ? right[i] : absent);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int part(String one, String two) {
        boolean numbers = one.matches("\\d+") && two.matches("\\d+");
        return numbers ? new BigInteger(one).compareTo(new BigInteger(two)) : one.compareTo(two);
    }
}
