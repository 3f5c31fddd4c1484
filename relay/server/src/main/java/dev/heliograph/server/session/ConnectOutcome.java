package dev.heliograph.server.session;

import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.ErrorCode;

/// How a connect request ended.
enum ConnectOutcome {
    ACCEPTED,
    INVALID_TOKEN,
    /// The client is to come back with a fresh token.
    TOKEN_EXPIRED,
    /// Neither a token nor the permission to come without one, or a malformed request.
    BAD_REQUEST,
    /// The user must not be anonymous.
    PERMISSION_DENIED,
    /// The user has too many connections.
    CONNECTION_LIMIT,
    CHANNEL_LIMIT,
    UNKNOWN_CHANNEL,
    /// The broker, or the keys of tokens, could not be had.
    INTERNAL,
    OTHER;

    static ConnectOutcome of(int disconnectCode) {
        if (disconnectCode == DisconnectCode.INVALID_TOKEN.code()) {
            return INVALID_TOKEN;
        }
        if (disconnectCode == DisconnectCode.BAD_REQUEST.code()) {
            return BAD_REQUEST;
        }
        if (disconnectCode == DisconnectCode.PERMISSION_DENIED.code()) {
            return PERMISSION_DENIED;
        }
        if (disconnectCode == DisconnectCode.CONNECTION_LIMIT.code()) {
            return CONNECTION_LIMIT;
        }
        return disconnectCode == DisconnectCode.CHANNEL_LIMIT.code() ? CHANNEL_LIMIT : OTHER;
    }

    static ConnectOutcome ofError(int errorCode) {
        if (errorCode == ErrorCode.TOKEN_EXPIRED.code() || errorCode == ErrorCode.EXPIRED.code()) {
            return TOKEN_EXPIRED;
        }
        if (errorCode == ErrorCode.UNKNOWN_CHANNEL.code()) {
            return UNKNOWN_CHANNEL;
        }
        if (errorCode == ErrorCode.BAD_REQUEST.code()) {
            return BAD_REQUEST;
        }
        return errorCode == ErrorCode.INTERNAL.code() ? INTERNAL : OTHER;
    }
}
