package dev.heliograph.server.admin;

import dev.heliograph.server.drain.DrainStatus;
import dev.heliograph.server.drain.Drains;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// How far the drains are: at the first look, while one is active, and once more when the last one is not any more.
final class DrainsSight implements Supplier<List<? extends StreamMessage>> {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Drains drains;
    private boolean wasActive = true;

    DrainsSight(Drains drains) {
        this.drains = drains;
    }

    @Override
    public List<StreamMessage> get() {
        Drains.Overview overview = drains.overview(PATIENCE);
        boolean active = overview.drains().stream().anyMatch(DrainStatus::active);
        boolean tell = active || wasActive;
        wasActive = active;
        return tell
                ? List.of(new StreamMessage.DrainsMessage(
                        active,
                        overview.drains().stream().map(DrainsApi.DrainRow::of).toList(),
                        overview.missing()))
                : List.of();
    }
}
