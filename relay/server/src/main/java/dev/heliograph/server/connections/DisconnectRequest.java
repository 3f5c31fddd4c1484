package dev.heliograph.server.connections;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.protocol.DisconnectCode;
import java.time.Duration;
import java.util.List;

/// Connections to be ended, and how. Which ones these are is settled when it begins: those that come later are
/// spared.
///
/// @param operation its id, chosen by who asks: the same id asked for twice is one operation
/// @param selection which connections
/// @param code      of the close frame, 3000 to 4999; SDKs come back by themselves, unless it is 3500 to 3999 or
///                  4500 to 4999
/// @param reason    of the close frame, shown to the client; at most 123 bytes
/// @param perSecond connections a second, on all nodes together; 0 for as fast as it goes
/// @param cap       at most so many, the first in the query's order; 0 for none, which only `all` or a list of
///                  ids allows
/// @param all       whether all of them are meant, however many they are
/// @param within    what takes longer by that pace is refused, and what has not ended then is ended
/// @param by        who asks, for the events of the connections
public record DisconnectRequest(
        String operation,
        Selection selection,
        int code,
        String reason,
        double perSecond,
        int cap,
        boolean all,
        Duration within,
        String by) {

    /// Connections that one operation may end.
    public static final int MAX_CONNECTIONS = 100_000;

    /// How long an operation may take.
    public static final Duration MAX_DURATION = Duration.ofHours(6);

    /// Bytes of a close frame's reason (RFC 6455 section 5.5).
    private static final int MAX_REASON = 123;

    /// The code that tells SDKs to come back, maybe to another node.
    public static final DisconnectCode RECONNECT = DisconnectCode.FORCE_RECONNECT;

    /// The code that tells SDKs to stay away.
    public static final DisconnectCode STAY_AWAY = DisconnectCode.FORCE_DISCONNECT;

    /// Which connections are meant.
    ///
    /// @param clients ids; empty for all
    /// @param query   that they match, with the order in which they end; empty for any
    /// @param by      what they are grouped by, as [GroupBy#parse] reads it; empty for no group
    /// @param group   the key of the group
    public record Selection(List<String> clients, String query, String by, String group) {

        public Selection {
            clients = List.copyOf(clients);
        }

        /// These connections, wherever they are.
        public static Selection clients(List<String> clients) {
            return new Selection(clients, "", "", "");
        }

        /// Those that a query means.
        public static Selection query(String query) {
            return new Selection(List.of(), query, "", "");
        }

        /// Those of a group that a query means.
        public static Selection group(String query, String by, String group) {
            return new Selection(List.of(), query, by, group);
        }

        /// Whether somebody has named each of them.
        boolean named() {
            return !clients.isEmpty();
        }
    }

    /// @throws IllegalArgumentException if something is out of its bounds
    public DisconnectRequest {
        require(!operation.isEmpty() && operation.length() <= 64, "an operation needs an id of 1 to 64 characters");
        require(code >= 3000 && code <= 4999, "a code is a number from 3000 to 4999");
        require(reason.getBytes(UTF_8).length <= MAX_REASON, "a reason has at most %d bytes".formatted(MAX_REASON));
        require(perSecond >= 0 && perSecond <= 1_000_000, "a pace is a number from 0 to 1,000,000");
        require(cap >= 0 && cap <= MAX_CONNECTIONS, "a cap is a number from 0 to %,d".formatted(MAX_CONNECTIONS));
        require(
                selection.clients().size() <= MAX_CONNECTIONS,
                "a selection has at most %,d clients".formatted(MAX_CONNECTIONS));
        require(
                selection.clients().stream().allMatch(client -> client.length() <= 64),
                "the id of a client has at most 64 characters");
        require(
                within.isPositive() && within.compareTo(MAX_DURATION) <= 0,
                "an operation takes from a moment to %d hours".formatted(MAX_DURATION.toHours()));
        require(
                selection.named() || cap > 0 || all,
                "a query may mean more connections than you think: give a cap, or say that all are meant");
        Query.parse(selection.query());
        if (!selection.by().isEmpty()) {
            GroupBy.parse(selection.by());
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// How many may be selected.
    int limit() {
        return cap == 0 ? MAX_CONNECTIONS : cap;
    }
}
