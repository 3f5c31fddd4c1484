package dev.heliograph.loadtest;

import java.util.Map;
import java.util.TreeMap;

/// A set of numbers that come in runs, kept as the runs. Not threadsafe.
final class Ranges {

    /// First of each run, and the number after its last; runs neither touch nor overlap.
    private final TreeMap<Integer, Integer> runs = new TreeMap<>();

    /// Adds numbers that are all above those in it.
    void append(int from, int end) {
        if (from >= end) {
            return;
        }
        Map.Entry<Integer, Integer> last = runs.lastEntry();
        if (last != null && last.getValue() > from) {
            throw new IllegalArgumentException(from + " is not above " + last.getValue());
        }
        if (last != null && last.getValue() == from) {
            runs.put(last.getKey(), end);
        } else {
            runs.put(from, end);
        }
    }

    /// @return whether it was in it
    boolean remove(int number) {
        Map.Entry<Integer, Integer> run = runs.floorEntry(number);
        if (run == null || run.getValue() <= number) {
            return false;
        }
        runs.remove(run.getKey());
        if (run.getKey() < number) {
            runs.put(run.getKey(), number);
        }
        if (number + 1 < run.getValue()) {
            runs.put(number + 1, run.getValue());
        }
        return true;
    }

    /// How many numbers in it are from the first on and below the second.
    int count(int from, int end) {
        int count = 0;
        for (Map.Entry<Integer, Integer> run : runs.headMap(end, false).entrySet()) {
            count += Math.max(0, Math.min(end, run.getValue()) - Math.max(from, run.getKey()));
        }
        return count;
    }
}
