package dev.heliograph.client;

import dev.heliograph.protocol.ReplyError;

/// What the errors of replies mean for a client.
final class Errors {

    /// Smaller codes are no server's: a proxy's or a client library's, and say nothing about the request itself.
    private static final int FIRST_SERVER_CODE = 100;

    private Errors() {}

    static boolean worthRetrying(ReplyError error) {
        return error.temporary() || error.code() < FIRST_SERVER_CODE;
    }

    static Cause cause(ReplyError error) {
        return new Cause(error.code(), error.message());
    }
}
