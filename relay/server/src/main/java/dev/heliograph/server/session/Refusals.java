package dev.heliograph.server.session;

import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.server.guard.Refusal;
import java.util.Optional;

/// How the protocol says what the guard has decided. Clients come back by themselves, with growing pauses, after what
/// time heals; they do not after a ban, a revocation, or a limit of connections.
final class Refusals {

    private Refusals() {}

    /// The answer to a request.
    static RuntimeException exception(Refusal refusal) {
        return switch (refusal.cause()) {
            case RATE, NODE_RATE -> new RequestException(ErrorCode.TOO_MANY_REQUESTS);
            case COUNT, NODE_COUNT -> new DisconnectException(DisconnectCode.CONNECTION_LIMIT, refusal.rule());
            case ADDRESS_DENIED, ADDRESS_BANNED, USER_BANNED, TOKEN_REVOKED ->
                new DisconnectException(disconnect(refusal.cause()), refusal.rule());
        };
    }

    static void check(Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            throw exception(refusal.get());
        }
    }

    /// The end of a connection that no request has asked for.
    static DisconnectCode disconnect(Refusal.Cause cause) {
        return switch (cause) {
            case RATE, NODE_RATE, COUNT, NODE_COUNT -> DisconnectCode.TOO_MANY_REQUESTS;
            case ADDRESS_DENIED, ADDRESS_BANNED, USER_BANNED -> DisconnectCode.PERMISSION_DENIED;
            case TOKEN_REVOKED -> DisconnectCode.INVALID_TOKEN;
        };
    }
}
