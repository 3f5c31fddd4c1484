package dev.heliograph.chaos;

import java.util.ArrayList;
import java.util.List;

/// Pairs of numbers in the order of their coming, 16 bytes each, so that histories of many millions fit in
/// memory. For one thread.
final class PairLog {

    /// Pairs of one block: grows without copying, and an empty log costs little.
    private static final int BLOCK = 1_024;

    private final List<long[]> blocks = new ArrayList<>();
    private int size;

    void add(long first, long second) {
        int at = size % BLOCK;
        if (at == 0) {
            blocks.add(new long[2 * BLOCK]);
        }
        long[] block = blocks.getLast();
        block[2 * at] = first;
        block[2 * at + 1] = second;
        size++;
    }

    int size() {
        return size;
    }

    long first(int index) {
        return blocks.get(index / BLOCK)[2 * (index % BLOCK)];
    }

    long second(int index) {
        return blocks.get(index / BLOCK)[2 * (index % BLOCK) + 1];
    }
}
