package dev.heliograph.server.api;

/// Why a request is not let in by its API key.
enum KeyFailure {
    /// It has none.
    MISSING,
    /// It has another one, or the relay has none.
    WRONG
}
