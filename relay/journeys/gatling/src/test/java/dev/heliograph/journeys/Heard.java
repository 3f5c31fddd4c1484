package dev.heliograph.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatling.http.action.ws.WsInboundMessage;
import java.util.ArrayList;
import java.util.List;

/// What a subscriber of one channel has heard so far. Immutable, as the sessions of Gatling are.
///
/// @param offset that of the last publication, or the position at which the subscription began
/// @param count how many publications came
/// @param gaps how often one did not follow the one before it
/// @param pings how many pings came; Gatling has answered them
/// @param delays for each publication of the last look, the ms from its `at` to its arrival
record Heard(long offset, int count, int gaps, int pings, List<Integer> delays) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Heard from(long offset) {
        return new Heard(offset, 0, 0, 0, List.of());
    }

    /// What it is after these frames. Each has one message or several, a line each.
    Heard and(List<WsInboundMessage> frames) {
        long last = offset;
        int publications = count;
        int missing = gaps;
        int asked = pings;
        List<Integer> times = new ArrayList<>();
        for (WsInboundMessage frame : frames) {
            if (!(frame instanceof WsInboundMessage.Text text)) {
                continue;
            }
            for (String line : text.message().split("\n")) {
                JsonNode message = parse(line);
                JsonNode publication = message.path("push").path("pub");
                if (message.isEmpty()) {
                    asked++;
                } else if (publication.isObject()) {
                    long next = publication.path("offset").asLong();
                    missing += next == last + 1 ? 0 : 1;
                    last = next;
                    publications++;
                    long sent = publication.path("data").path("at").asLong(text.timestamp());
                    // Right only as far as the clocks of publisher and subscriber agree.
                    times.add((int) Math.max(0, text.timestamp() - sent));
                }
            }
        }
        return new Heard(last, publications, missing, asked, List.copyOf(times));
    }

    boolean inOrder() {
        return count > 0 && gaps == 0;
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the relay sent what is not JSON: " + line, e);
        }
    }
}
