package dev.heliograph.client;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Everything a client is configured with; see [HeliographClient.Builder] for the meaning and the defaults.
record ClientConfig(
        URI endpoint,
        Encoding encoding,
        Optional<TokenSource> token,
        String name,
        String version,
        Bytes data,
        Map<String, String> headers,
        ClientListener listener,
        SubscriptionListener serverSubscriptions,
        Duration connectTimeout,
        Duration commandTimeout,
        Duration pingGrace,
        Backoff backoff,
        Duration publishTimeout,
        int maxInFlight,
        int bufferedEvents,
        Duration patience,
        int maxFrameBytes,
        int maxMessageBytes) {

    ClientConfig {
        headers = Map.copyOf(headers);
        positive(connectTimeout, "connectTimeout");
        positive(commandTimeout, "commandTimeout");
        positive(publishTimeout, "publishTimeout");
        positive(patience, "patience");
        positive(maxInFlight, "maxInFlight");
        positive(bufferedEvents, "bufferedEvents");
        positive(maxFrameBytes, "maxFrameBytes");
        positive(maxMessageBytes, "maxMessageBytes");
        if (!"ws".equals(endpoint.getScheme()) && !"wss".equals(endpoint.getScheme())) {
            throw new IllegalArgumentException("endpoint must be a ws: or wss: URI");
        }
    }

    private static void positive(Duration value, String what) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " must be positive");
        }
    }

    private static void positive(int value, String what) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " must be positive");
        }
    }
}
