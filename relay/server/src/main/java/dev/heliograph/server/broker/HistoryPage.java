package dev.heliograph.server.broker;

import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import java.util.List;
import java.util.Map;

/// Publications of a stream and the top of the stream at the same moment.
///
/// @param earlier epochs that this stream goes on from, each with the last offset that the two have in common
public record HistoryPage(List<Publication> publications, StreamPosition top, Map<String, Long> earlier) {
    public HistoryPage {
        publications = List.copyOf(publications);
        earlier = Map.copyOf(earlier);
    }

    /// Of a stream that had no other epoch.
    public HistoryPage(List<Publication> publications, StreamPosition top) {
        this(publications, top, Map.of());
    }

    /// Whether a position is one of this stream: publications after it follow what its holder has. Says nothing
    /// about whether they are still there.
    ///
    /// @param position an empty epoch is any
    public boolean continues(StreamPosition position) {
        String epoch = position.epoch();
        return epoch.isEmpty()
                || epoch.equals(top.epoch())
                || Long.compareUnsigned(position.offset(), earlier.getOrDefault(epoch, -1L)) <= 0
                        && earlier.containsKey(epoch);
    }
}
