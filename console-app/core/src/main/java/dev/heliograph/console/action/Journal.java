package dev.heliograph.console.action;

import dev.heliograph.console.value.Value;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What was done from this console since it was opened, the newest first; the relay's audit record has it for good.
/// Threadsafe.
public final class Journal {

    /// More than anybody does by hand in a day.
    static final int CAPACITY = 1_000;

    /// @param proposal what was done
    /// @param outcome  what came of it
    public record Entry(Instant at, Proposal proposal, Proposal.Outcome outcome) {}

    private final Clock clock;
    private final Value<List<Entry>> entries = new Value<>(List.of());

    public Journal(Clock clock) {
        this.clock = clock;
    }

    public Value<List<Entry>> entries() {
        return entries;
    }

    public void add(Proposal proposal, Proposal.Outcome outcome) {
        Entry entry = new Entry(clock.instant(), proposal, outcome);
        entries.update(before -> {
            List<Entry> next = new ArrayList<>(Math.min(before.size() + 1, CAPACITY));
            next.add(entry);
            next.addAll(before.subList(0, Math.min(before.size(), CAPACITY - 1)));
            return List.copyOf(next);
        });
    }
}
