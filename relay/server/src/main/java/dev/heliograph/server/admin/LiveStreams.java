package dev.heliograph.server.admin;

import dev.heliograph.server.control.AuditEntry;
import io.helidon.common.uri.UriQuery;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The streams of this node: who may open one, which are open, and what of it goes on record.
final class LiveStreams implements AutoCloseable {

    /// Where they are served.
    static final String PATH = "/v1/stream";

    /// Open ones at once; each may cost a question to all nodes a second.
    private static final int MAX_OPEN = 100;

    private final Authenticator authenticator;
    private final Feeds feeds;
    private final Audit audit;
    private final Clock clock;
    private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    LiveStreams(Authenticator authenticator, Feeds feeds, Audit audit, Clock clock) {
        this.authenticator = authenticator;
        this.feeds = feeds;
        this.audit = audit;
        this.clock = clock;
    }

    /// Refuses what cannot be watched, while an answer can still say why.
    ///
    /// @throws AdminException if it is none, the operator may not see it, or too many are open
    void check(Operator operator, UriQuery query) {
        StreamWish wish = StreamWish.parse(query);
        try {
            wish.require(operator.role());
            if (open.size() >= MAX_OPEN) {
                throw AdminException.tooMany(MAX_OPEN + " streams are open already");
            }
        } catch (AdminException e) {
            record(operator, wish, "refused: " + e.text());
            throw e;
        }
    }

    LiveStream create() {
        return new LiveStream(this);
    }

    Authenticator authenticator() {
        return authenticator;
    }

    Feeds feeds() {
        return feeds;
    }

    /// Puts on record who looks at what is personal.
    void record(Operator operator, StreamWish wish, String outcome) {
        for (StreamWish.Personal personal : wish.personal()) {
            audit.record(new AuditEntry(
                    "",
                    clock.millis(),
                    operator.name(),
                    operator.role().text(),
                    operator.from(),
                    personal.action(),
                    personal.target(),
                    wish.reason(),
                    null,
                    Json.MAPPER.valueToTree(personal.how()),
                    outcome));
        }
    }

    /// One that opens while the node ends is told so, too.
    void opened(LiveStream stream) {
        open.add(stream);
        if (ending) {
            stream.end();
        }
    }

    void closed(LiveStream stream) {
        open.remove(stream);
    }

    @Override
    public void close() {
        ending = true;
        open.forEach(LiveStream::end);
    }
}
