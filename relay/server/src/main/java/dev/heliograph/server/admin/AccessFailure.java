package dev.heliograph.server.admin;

/// Why a request of an operator is not let in.
enum AccessFailure {
    /// It has no token.
    MISSING,
    /// What it has in the place of one is none.
    MALFORMED,
    /// Nobody has this token.
    UNKNOWN,
    /// A JWT whose time is over or has not come.
    EXPIRED,
    /// A JWT that is not accepted for another reason.
    INVALID,
    /// It cannot be told now: the keys of JWTs cannot be fetched.
    UNAVAILABLE,
    /// The token is good, and the operator's role does not allow it.
    ROLE
}
