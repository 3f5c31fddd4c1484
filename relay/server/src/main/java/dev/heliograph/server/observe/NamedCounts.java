package dev.heliograph.server.observe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// A counter for each of some names that are not known beforehand, such as those that operators give. The first
/// ones have a counter of their own, as long as the process runs; all later ones share that of [#OTHER]. Threadsafe.
public final class NamedCounts {

    /// The value of the label for names that have no counter of their own.
    public static final String OTHER = "other";

    private final int most;
    private final Function<String, LongAdder> maker;
    private final LongAdder other;
    private final Map<String, LongAdder> byName = new ConcurrentHashMap<>();

    /// @param most  names that have a counter of their own
    /// @param maker makes the counter of a name
    NamedCounts(int most, Function<String, LongAdder> maker) {
        this.most = most;
        this.maker = maker;
        this.other = maker.apply(OTHER);
    }

    /// The counter of a name, the same one each time.
    public LongAdder of(String name) {
        LongAdder known = byName.get(name);
        return known == null ? first(name) : known;
    }

    private synchronized LongAdder first(String name) {
        if (name.equals(OTHER) || (byName.size() >= most && !byName.containsKey(name))) {
            return other;
        }
        return byName.computeIfAbsent(name, maker);
    }
}
