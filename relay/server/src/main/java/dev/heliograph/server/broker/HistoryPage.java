package dev.heliograph.server.broker;

import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import java.util.List;

/// Publications of a stream and the top of the stream at the same moment.
public record HistoryPage(List<Publication> publications, StreamPosition top) {
    public HistoryPage {
        publications = List.copyOf(publications);
    }
}
