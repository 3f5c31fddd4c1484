package dev.heliograph.server.session;

import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.HistoryPage;
import java.util.List;

/// What a subscription that asked to recover is given: everything after its position, or nothing and the word that it
/// cannot be had (protocol A.6, "Recovery"). Never a part.
///
/// @param offset for the reply: the client's own on success, else the top
record Recovery(boolean recovered, List<Publication> publications, long offset) {

    /// Judges a page of history that was read forwards from the client's position.
    ///
    /// @param asked what the client has; an empty epoch is any
    static Recovery ofStream(StreamPosition asked, HistoryPage page) {
        StreamPosition top = page.top();
        List<Publication> found = page.publications();
        boolean whole = found.isEmpty()
                ? top.offset() == asked.offset()
                : found.getFirst().offset() == asked.offset() + 1
                        && found.getLast().offset() == top.offset();
        return page.continues(asked) && whole
                ? new Recovery(true, found, asked.offset())
                : new Recovery(false, List.of(), top.offset());
    }

    /// Judges the newest publication in cache mode, where only the latest state matters.
    ///
    /// @param page read in reverse with limit 1
    static Recovery ofCache(StreamPosition asked, HistoryPage page) {
        StreamPosition top = page.top();
        List<Publication> latest = page.publications();
        boolean current = !latest.isEmpty() && latest.getFirst().offset() == top.offset();
        boolean has = !asked.epoch().isEmpty() && page.continues(asked) && asked.offset() == top.offset();
        return new Recovery(current || (has && top.offset() > 0), current && !has ? latest : List.of(), top.offset());
    }
}
