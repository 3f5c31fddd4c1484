package dev.heliograph.server.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.protocol.Bytes;
import java.io.IOException;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The claims of a token, each of the type it must have: a claim of another type makes the token invalid, `null` counts
/// as absent.
final class Claims {

    /// Numbers keep their digits, because `info`, `data` and `meta` are handed on as they are. Of a claim that
    /// is there twice nobody could say which the issuer meant.
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ObjectNode node;

    private Claims(ObjectNode node) {
        this.node = node;
    }

    static Claims parse(byte[] payload) {
        try {
            if (JSON.readTree(payload) instanceof ObjectNode object) {
                return new Claims(object);
            }
        } catch (IOException _) {
            // Jackson's message would quote the token.
        }
        throw TokenException.invalid(TokenException.Cause.MALFORMED, "the payload is not a JSON object");
    }

    /// A text; empty if absent.
    String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return "";
        }
        if (!value.isTextual()) {
            throw wrong(name);
        }
        return value.textValue();
    }

    /// A point in time in Unix seconds, rounded down or up.
    OptionalLong time(String name, RoundingMode rounding) {
        JsonNode value = value(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        // Beyond this the decimal might have a billion digits, and no such year matters.
        if (!value.isNumber() || Math.abs(value.doubleValue()) > 1e15) {
            throw wrong(name);
        }
        return OptionalLong.of(
                value.isIntegralNumber()
                        ? value.longValue()
                        : value.decimalValue().setScale(0, rounding).longValueExact());
    }

    /// The JSON of one claim or, if that is there and not empty, the Base64 of another.
    Bytes payload(String name, String base64Name) {
        String base64 = text(base64Name);
        if (base64.isEmpty()) {
            return json(name);
        }
        try {
            return Bytes.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            throw wrong(base64Name);
        }
    }

    /// A claim's JSON in one line; empty if absent.
    Bytes json(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return Bytes.EMPTY;
        }
        try {
            return Bytes.of(JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException _) {
            throw wrong(name);
        }
    }

    /// Channel names, each once, in order.
    List<String> channels(String name) {
        Set<String> channels = new LinkedHashSet<>();
        for (String channel : texts(name, false)) {
            if (channel.isEmpty()) {
                throw wrong(name);
            }
            channels.add(channel);
        }
        return List.copyOf(channels);
    }

    /// A list of texts; a single text stands for a list of one where the claim allows it, as `aud` does.
    List<String> texts(String name, boolean orOne) {
        JsonNode value = value(name);
        if (value == null) {
            return List.of();
        }
        if (orOne && value.isTextual()) {
            return List.of(value.textValue());
        }
        if (!value.isArray()) {
            throw wrong(name);
        }
        List<String> texts = new ArrayList<>(value.size());
        for (JsonNode each : value) {
            if (!each.isTextual()) {
                throw wrong(name);
            }
            texts.add(each.textValue());
        }
        return texts;
    }

    /// Options by channel, in order.
    Map<String, SubscriptionOptions> subscriptions(String name) {
        Optional<Claims> object = object(name);
        if (object.isEmpty()) {
            return Map.of();
        }
        Claims channels = object.get();
        Map<String, SubscriptionOptions> subscriptions = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : channels.node.properties()) {
            if (each.getKey().isEmpty()) {
                throw wrong(name);
            }
            subscriptions.put(
                    each.getKey(),
                    channels.object(each.getKey(), name)
                            .map(sub -> new SubscriptionOptions(
                                    sub.payload("info", "b64info"),
                                    sub.payload("data", "b64data"),
                                    sub.override("override"),
                                    0))
                            .orElse(SubscriptionOptions.NONE));
        }
        return subscriptions;
    }

    SubscriptionOverride override(String name) {
        return object(name)
                .map(override -> new SubscriptionOverride(
                        override.flag("presence"),
                        override.flag("join_leave"),
                        override.flag("force_push_join_leave"),
                        override.flag("force_recovery"),
                        override.flag("force_positioning")))
                .orElse(SubscriptionOverride.NONE);
    }

    /// `{"value": true}`. Serializers that leave out default values write `{}` for false.
    private Optional<Boolean> flag(String name) {
        return object(name).map(flag -> {
            JsonNode value = flag.value("value");
            if (value != null && !value.isBoolean()) {
                throw wrong(name);
            }
            return value != null && value.booleanValue();
        });
    }

    private Optional<Claims> object(String name) {
        return object(name, name);
    }

    /// @param blamed what a complaint names: never a channel, which is part of the token
    private Optional<Claims> object(String name, String blamed) {
        JsonNode value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof ObjectNode object) {
            return Optional.of(new Claims(object));
        }
        throw wrong(blamed);
    }

    private @Nullable JsonNode value(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static TokenException wrong(String name) {
        return TokenException.invalid("malformed claim: " + name);
    }
}
