package dev.heliograph.server.redis;

/// Consistent hashing without a table: Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm" (2014).
/// When one bucket is added to n, one of n + 1 keys moves, and only to the new one.
final class JumpHash {

    private JumpHash() {}

    /// @return 0 to `buckets` - 1
    static int bucket(long key, int buckets) {
        // The keys here are small numbers: spread them first (the finalizer of SplitMix64).
        long state = key + 0x9E3779B97F4A7C15L;
        state = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        state = (state ^ state >>> 27) * 0x94D049BB133111EBL;
        state ^= state >>> 31;
        long bucket = -1;
        long next = 0;
        while (next < buckets) {
            bucket = next;
            state = state * 2_862_933_555_777_941_757L + 1;
            next = (long) ((bucket + 1) * ((double) (1L << 31) / ((state >>> 33) + 1)));
        }
        return (int) bucket;
    }
}
