package dev.heliograph.client;

import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import java.util.Optional;

/// How far a subscription has come in its channel's stream: what to recover from, and what is a duplicate. On the
/// engine's thread only.
final class Track {

    private Optional<StreamPosition> since;
    private boolean recoverable;

    /// @param since where to begin, if the application has been there before
    Track(Optional<StreamPosition> since) {
        this.since = since;
        this.recoverable = since.isPresent();
    }

    /// Where to recover from; empty if the subscription cannot be recovered.
    Optional<StreamPosition> recoverFrom() {
        return recoverable ? since : Optional.empty();
    }

    /// The server's word on where the stream stands.
    void stands(Result.Subscribe result) {
        stands(result.recoverable(), result.positioned(), new StreamPosition(result.offset(), result.epoch()));
    }

    void stands(boolean canRecover, boolean positioned, StreamPosition position) {
        recoverable = canRecover;
        since = canRecover || positioned ? Optional.of(position) : Optional.empty();
    }

    /// Moves on to a publication.
    ///
    /// @return false if it has been there already
    boolean advance(Publication publication) {
        if (since.isEmpty() || publication.offset() == 0) {
            return true;
        }
        StreamPosition last = since.get();
        if (Long.compareUnsigned(publication.offset(), last.offset()) <= 0) {
            return false;
        }
        since = Optional.of(new StreamPosition(publication.offset(), last.epoch()));
        return true;
    }

    /// Begins from scratch.
    void forget() {
        recoverable = false;
        since = Optional.empty();
    }
}
