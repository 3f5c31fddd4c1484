package dev.heliograph.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The end of a connection as a client sees it: a close code and a reason of at most 123 bytes of UTF-8 (RFC 6455
/// section 5.5). The relay's own are [DisconnectCode]s; applications use 4000 to 4999.
public record Disconnect(int code, String reason) {

    /// What a close frame has left for the reason: 125 bytes of control payload less 2 of the code.
    public static final int MAX_REASON_BYTES = 123;

    public Disconnect {
        if (code < 1000 || code > 65535) {
            throw new IllegalArgumentException("disconnect code %d is not in 1000..65535".formatted(code));
        }
        if (reason.getBytes(UTF_8).length > MAX_REASON_BYTES) {
            throw new IllegalArgumentException("a disconnect reason has at most 123 bytes");
        }
    }

    /// Whether a client that sees this code comes back by itself.
    public boolean reconnect() {
        return reconnect(code);
    }

    /// The rule all client SDKs share: stay away on 3500..3999 and 4500..4999 and after a message that was too
    /// big (1009), come back on all others.
    public static boolean reconnect(int code) {
        return !(code >= 3500 && code <= 3999) && !(code >= 4500 && code <= 4999) && code != 1009;
    }
}
