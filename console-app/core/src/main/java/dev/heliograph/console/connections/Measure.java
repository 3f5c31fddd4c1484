package dev.heliograph.console.connections;

import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.GroupRow;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// What groups are sorted by, the largest first.
public enum Measure {
    CONNECTIONS,
    QUEUE,
    IN_RATE,
    OUT_RATE,
    IN_BYTES_RATE,
    OUT_BYTES_RATE;

    /// As the API reads it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    double of(GroupRow group) {
        return switch (this) {
            case CONNECTIONS -> group.connections();
            case QUEUE -> group.queueBytes();
            case IN_RATE -> group.inRate();
            case OUT_RATE -> group.outRate();
            case IN_BYTES_RATE -> group.inBytesRate();
            case OUT_BYTES_RATE -> group.outBytesRate();
        };
    }

    Comparator<GroupRow> order() {
        return Comparator.comparingDouble((GroupRow group) -> of(group))
                .reversed()
                .thenComparing(GroupRow::key);
    }

    public static Optional<Measure> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    public String title() {
        return Messages.text("connections.measure." + word());
    }
}
