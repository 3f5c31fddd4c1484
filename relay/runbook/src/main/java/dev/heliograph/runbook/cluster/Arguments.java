package dev.heliograph.runbook.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.Spans;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a step gives, read as what it must be; a [RunbookException] says what is none.
record Arguments(Map<String, String> given) {

    /// What follows a value is refused, too.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    String text(String name) {
        return ifAny(name).orElseThrow(() -> new RunbookException("'" + name + "' is missing"));
    }

    String text(String name, String fallback) {
        return ifAny(name).orElse(fallback);
    }

    /// As one segment of a path.
    String segment(String name) {
        return URLEncoder.encode(text(name), StandardCharsets.UTF_8).replace("+", "%20");
    }

    Optional<String> ifAny(String name) {
        return Optional.ofNullable(given.get(name));
    }

    Optional<Double> number(String name) {
        return ifAny(name).map(text -> {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException _) {
                throw new RunbookException("'" + text + "' is no number");
            }
        });
    }

    JsonNode json(String name) {
        try {
            return JSON.readTree(text(name));
        } catch (JsonProcessingException _) {
            throw new RunbookException("'" + text(name) + "' is no JSON");
        }
    }

    Optional<Duration> duration(String name) {
        return ifAny(name)
                .map(text -> Spans.parse(text)
                        .orElseThrow(() -> new RunbookException("'" + text + "' is no time like 90s or 1h30m")));
    }

    /// How many rows to show: 20 unless it says otherwise, 1,000 at most.
    String rows() {
        return Long.toString(Math.clamp(number("limit").orElse(20.0).longValue(), 1, 1_000));
    }
}
