package dev.heliograph.server.guard;

/// Why something is not admitted.
///
/// @param rule       by what: the name of a limit, a network, a user or the id of a revocation
/// @param retryAfter after how many seconds it may do to try again; 0 for no such advice
public record Refusal(Cause cause, String rule, int retryAfter) {

    /// What kind of decision it was, and what the peer is told of it: never the rule.
    public enum Cause {
        ADDRESS_DENIED(403, "forbidden"),
        ADDRESS_BANNED(403, "forbidden"),
        RATE(429, "too many requests"),
        COUNT(429, "too many connections"),
        NODE_RATE(503, "too many connections at once"),
        NODE_COUNT(503, "too many connections"),
        USER_BANNED(403, "forbidden"),
        TOKEN_REVOKED(403, "forbidden");

        private final int status;
        private final String text;

        Cause(int status, String text) {
            this.status = status;
            this.text = text;
        }

        /// Of the answer to a handshake.
        public int status() {
            return status;
        }

        /// For the peer.
        public String text() {
            return text;
        }
    }
}
