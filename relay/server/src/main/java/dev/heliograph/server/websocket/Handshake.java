package dev.heliograph.server.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/// The arithmetic of the opening handshake (RFC 6455 section 4.2).
public final class Handshake {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int NONCE_BYTES = 16;

    private Handshake() {}

    /// The value of `Sec-WebSocket-Accept` for a key; nothing if the key is not the base64 of 16 bytes.
    public static Optional<String> acceptKey(String key) {
        try {
            // The length rules out what Java's decoder takes without padding.
            if (key.length() != 24 || Base64.getDecoder().decode(key).length != NONCE_BYTES) {
                return Optional.empty();
            }
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Optional.of(Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(US_ASCII))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /// Whether two headers ask for a WebSocket: both are lists, and case does not matter (section 4.2.1).
    public static boolean isUpgradeRequest(String upgrade, String connection) {
        return hasToken(upgrade, "websocket") && hasToken(connection, "upgrade");
    }

    private static boolean hasToken(String list, String token) {
        for (String each : list.split(",", -1)) {
            if (each.strip().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }
}
