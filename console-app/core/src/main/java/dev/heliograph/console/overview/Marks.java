package dev.heliograph.console.overview;

import dev.heliograph.console.value.Value;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What is marked on the charts: of the last day, the oldest first, at most [#CAPACITY]. Whoever knows of something
/// puts it here. Threadsafe.
public final class Marks {

    static final int CAPACITY = 1_000;

    private static final Duration KEPT = Duration.ofHours(24);

    private final Clock clock;
    private final Value<List<Mark>> list = new Value<>(List.of());

    public Marks(Clock clock) {
        this.clock = clock;
    }

    public Value<List<Mark>> list() {
        return list;
    }

    /// A mark whose id is known takes the place of the one before.
    public void put(Collection<Mark> more) {
        Instant oldest = clock.instant().minus(KEPT);
        list.update(before -> {
            Map<String, Mark> byId = new HashMap<>();
            Stream.concat(before.stream(), more.stream())
                    .filter(mark -> mark.at().isAfter(oldest))
                    .forEach(mark -> byId.put(mark.id(), mark));
            List<Mark> sorted = byId.values().stream()
                    .sorted(Comparator.comparing(Mark::at).thenComparing(Mark::id))
                    .toList();
            return sorted.subList(Math.max(0, sorted.size() - CAPACITY), sorted.size());
        });
    }
}
