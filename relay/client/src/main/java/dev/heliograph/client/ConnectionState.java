package dev.heliograph.client;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Result;

/// Where a client is in its life. The machine, whose legal transitions are the methods of the states:
///
/// ```
///                  connect()             connect reply
///   Disconnected ────────────► Connecting ────────────► Connected
///        ▲                      │  ▲    │                │   │
///        │   disconnect(),      │  │    └─► again after  │   │
///        ├──────────────────────┘  │        backoff      │   │
///        │   terminal code         └─────────────────────┘   │
///        │                           lost, or sent away      │
///        │                           with leave to return    │
///        └───────────────────────────────────────────────────┘
///            disconnect(), terminal code
///
///   any of them ── close() ──► Closed
/// ```
///
/// Terminal are the close codes 3500 to 3999, 4500 to 4999 and 1009 and the errors of a connect that are not temporary,
/// save that of an expired token (109): the token is fetched anew.
public sealed interface ConnectionState {

    /// Idle until `connect()`.
    final class Disconnected implements ConnectionState {
        private final Cause cause;

        Disconnected(Cause cause) {
            this.cause = cause;
        }

        public Cause cause() {
            return cause;
        }

        Connecting connect() {
            return new Connecting(Cause.CONNECT_CALLED, 0);
        }

        Closed close() {
            return new Closed();
        }
    }

    /// An attempt is under way, or the pause before the next.
    final class Connecting implements ConnectionState {
        private final Cause cause;
        private final int failures;

        private Connecting(Cause cause, int failures) {
            this.cause = cause;
            this.failures = failures;
        }

        /// Why there is no connection.
        public Cause cause() {
            return cause;
        }

        /// How many attempts failed since the last lasting connection.
        public int failures() {
            return failures;
        }

        Connecting again() {
            return new Connecting(cause, failures + 1);
        }

        Connected connected(Wire wire, Result.Connect result, long now) {
            return new Connected(wire, result, failures, now);
        }

        Disconnected disconnect(Cause why) {
            return new Disconnected(why);
        }

        Closed close() {
            return new Closed();
        }
    }

    final class Connected implements ConnectionState {
        private final Wire wire;
        private final Result.Connect result;
        private final int failures;
        private final long since;

        private Connected(Wire wire, Result.Connect result, int failures, long since) {
            this.wire = wire;
            this.result = result;
            this.failures = failures;
            this.since = since;
        }

        /// The id of the connection, as presence and join events show it.
        public String clientId() {
            return result.client();
        }

        public String serverVersion() {
            return result.version();
        }

        /// Custom data of the connection.
        public Bytes data() {
            return result.data();
        }

        Wire wire() {
            return wire;
        }

        /// Failed attempts are forgotten only by a connection that lasted, so that a node which accepts and
        /// drops is not called ever faster.
        Connecting lost(Cause why, long now, long lastingNanos) {
            return new Connecting(why, now - since >= lastingNanos ? 0 : failures + 1);
        }

        Disconnected disconnect(Cause why) {
            return new Disconnected(why);
        }

        Closed close() {
            return new Closed();
        }
    }

    /// The end; nothing leads out of it.
    final class Closed implements ConnectionState {
        private Closed() {}
    }
}
