package dev.heliograph.console.connections;

import dev.heliograph.console.text.Messages;
import java.nio.charset.StandardCharsets;

/// How connections are to be ended.
///
/// @param comeBack    whether SDKs reconnect by themselves
/// @param code        of the close frame instead of the usual one; 0 for that
/// @param closeReason of the close frame, for the client to read; empty for the relay's own
/// @param perSecond   connections a second, on all nodes together; 0 for as fast as it goes
/// @param cap         at most so many; 0 for all
public record DisconnectForm(boolean comeBack, int code, String closeReason, double perSecond, int cap) {

    /// Fifty a second, and SDKs come back: what does the least harm.
    public static final DisconnectForm GENTLE = new DisconnectForm(true, 0, "", 50, 0);

    /// What a close frame can carry (RFC 6455 section 5.5).
    private static final int MAX_REASON = 123;

    private static final int MAX_CAP = 100_000;

    /// @throws IllegalArgumentException with a sentence for the operator
    public DisconnectForm {
        require(code == 0 || (code >= 3_000 && code <= 4_999), "connections.disconnect.bad-code");
        require(closeReason.getBytes(StandardCharsets.UTF_8).length <= MAX_REASON, "connections.disconnect.bad-reason");
        require(perSecond >= 0 && perSecond <= 1_000_000, "connections.disconnect.bad-pace");
        require(cap >= 0 && cap <= MAX_CAP, "connections.disconnect.bad-cap");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(Messages.text(otherwise));
        }
    }

    /// The code of the close frame.
    public int effectiveCode() {
        return code != 0 ? code : comeBack ? 3_011 : 3_503;
    }

    /// Whether SDKs stay away after this code, as docs/connections.md says.
    public boolean staysAway() {
        int effective = effectiveCode();
        return (effective >= 3_500 && effective <= 3_999) || effective >= 4_500;
    }
}
