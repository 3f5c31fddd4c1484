package dev.heliograph.client;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Result;
import java.util.List;
import java.util.Map;

/// Results as a relay gives them.
final class Results {

    static final int PING_SECONDS = 25;

    private Results() {}

    static Result.Connect connect(String client) {
        return connect(client, Map.of());
    }

    static Result.Connect connect(String client, Map<String, Result.Subscribe> subs) {
        return new Result.Connect(client, "1", false, 0, Bytes.EMPTY, subs, PING_SECONDS, true, "", "", 0);
    }

    /// Without pings, whose timeout would be due first.
    static Result.Connect expiring(String client, int ttl) {
        return new Result.Connect(client, "1", true, ttl, Bytes.EMPTY, Map.of(), 0, false, "", "", 0);
    }

    static Result.Subscribe plain() {
        return new Result.Subscribe(false, 0, false, "", List.of(), false, 0, false, Bytes.EMPTY, false, false);
    }

    static Result.Subscribe expiringSubscription(int ttl) {
        return new Result.Subscribe(true, ttl, false, "", List.of(), false, 0, false, Bytes.EMPTY, false, false);
    }

    static Result.Subscribe recoverable(String epoch, long offset) {
        return new Result.Subscribe(false, 0, true, epoch, List.of(), false, offset, true, Bytes.EMPTY, false, false);
    }

    static Result.Subscribe recovered(String epoch, long offset, Publication... publications) {
        return new Result.Subscribe(
                false, 0, true, epoch, List.of(publications), true, offset, true, Bytes.EMPTY, true, false);
    }

    static Result.Subscribe unrecovered(String epoch, long offset) {
        return new Result.Subscribe(false, 0, true, epoch, List.of(), false, offset, true, Bytes.EMPTY, true, false);
    }

    static Publication publication(long offset) {
        return Publication.of(Bytes.utf8("{\"n\":%d}".formatted(offset))).at(offset);
    }
}
