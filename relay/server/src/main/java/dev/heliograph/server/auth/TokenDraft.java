package dev.heliograph.server.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.protocol.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A token in the making; not threadsafe. Every method but [#sign] returns this draft.
///
/// Texts that are JSON are checked at once and fail with IllegalArgumentException.
public final class TokenDraft {

    private final UnaryOperator<String> signing;
    private final Clock clock;
    private final ObjectNode claims = Claims.JSON.createObjectNode();

    TokenDraft(UnaryOperator<String> signing, Clock clock) {
        this.signing = signing;
        this.clock = clock;
    }

    TokenDraft user(String user) {
        if (!user.isEmpty()) {
            claims.put("sub", user);
        }
        return this;
    }

    /// Sets `iat` to now and `exp` from now on.
    public TokenDraft expiresIn(Duration time) {
        long now = Math.floorDiv(clock.millis(), 1_000);
        return claim("iat", now).claim("exp", now + time.toSeconds());
    }

    /// Sets `exp`, in Unix seconds.
    public TokenDraft expiresAt(long unixSeconds) {
        return claim("exp", unixSeconds);
    }

    /// Sets `expire_at`, in Unix seconds: when the connection or subscription ends, if not with the token; 0 for
    /// never.
    public TokenDraft expireAt(long unixSeconds) {
        return claim("expire_at", unixSeconds);
    }

    /// Sets `nbf`, in Unix seconds.
    public TokenDraft notBefore(long unixSeconds) {
        return claim("nbf", unixSeconds);
    }

    /// Sets `iat`, in Unix seconds.
    public TokenDraft issuedAt(long unixSeconds) {
        return claim("iat", unixSeconds);
    }

    /// Sets `jti`.
    public TokenDraft id(String id) {
        return claim("jti", id);
    }

    public TokenDraft issuer(String issuer) {
        return claim("iss", issuer);
    }

    /// Sets `aud`: a text for one, a list for more.
    public TokenDraft audience(String... audience) {
        claims.set(
                "aud", audience.length == 1 ? Claims.JSON.valueToTree(audience[0]) : Claims.JSON.valueToTree(audience));
        return this;
    }

    public TokenDraft info(String json) {
        return json("info", json);
    }

    public TokenDraft binaryInfo(Bytes info) {
        return claim("b64info", base64(info));
    }

    /// Of a subscription token: what the subscriber gets with the reply.
    public TokenDraft data(String json) {
        return json("data", json);
    }

    public TokenDraft binaryData(Bytes data) {
        return claim("b64data", base64(data));
    }

    /// Of a connection token: what stays on the server.
    public TokenDraft meta(String json) {
        return json("meta", json);
    }

    /// Of a subscription token: the only connection that may use it.
    public TokenDraft client(String client) {
        return claim("client", client);
    }

    /// Of a connection token: server-side subscriptions.
    public TokenDraft channels(List<String> channels) {
        claims.set("channels", Claims.JSON.valueToTree(channels));
        return this;
    }

    /// Of a connection token: one more server-side subscription. `info` and `data` are JSON if they can be read
    /// so, else they go as Base64.
    public TokenDraft subscription(String channel, SubscriptionOptions options) {
        ObjectNode sub = claims.withObjectProperty("subs").putObject(channel);
        payload(sub, "info", "b64info", options.info());
        payload(sub, "data", "b64data", options.data());
        if (!options.override().equals(SubscriptionOverride.NONE)) {
            sub.set("override", overrideJson(options.override()));
        }
        return this;
    }

    /// Of a subscription token.
    public TokenDraft override(SubscriptionOverride override) {
        claims.set("override", overrideJson(override));
        return this;
    }

    /// Any other claim of text.
    public TokenDraft claim(String name, String value) {
        claims.put(name, value);
        return this;
    }

    /// Any other claim of a number.
    public TokenDraft claim(String name, long value) {
        claims.put(name, value);
        return this;
    }

    /// Any other claim, from its JSON.
    public TokenDraft json(String name, String json) {
        claims.set(name, parse(json).orElseThrow(() -> new IllegalArgumentException(name + " is not JSON")));
        return this;
    }

    /// The token, signed and in compact form.
    public String sign() {
        return signing.apply(claims.toString());
    }

    private static void payload(ObjectNode to, String name, String base64Name, Bytes payload) {
        if (payload.isEmpty()) {
            return;
        }
        parse(payload.text()).ifPresentOrElse(json -> to.set(name, json), () -> to.put(base64Name, base64(payload)));
    }

    private static Optional<JsonNode> parse(String json) {
        try {
            return Optional.of(Claims.JSON.readTree(json)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private static ObjectNode overrideJson(SubscriptionOverride override) {
        ObjectNode json = Claims.JSON.createObjectNode();
        override.presence().ifPresent(value -> json.putObject("presence").put("value", value));
        override.joinLeave().ifPresent(value -> json.putObject("join_leave").put("value", value));
        override.forcePushJoinLeave()
                .ifPresent(value -> json.putObject("force_push_join_leave").put("value", value));
        override.forceRecovery()
                .ifPresent(value -> json.putObject("force_recovery").put("value", value));
        override.forcePositioning()
                .ifPresent(value -> json.putObject("force_positioning").put("value", value));
        return json;
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
