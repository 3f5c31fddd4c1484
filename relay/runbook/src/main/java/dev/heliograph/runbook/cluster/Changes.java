package dev.heliograph.runbook.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.cluster.AdminCalls.Request;
import dev.heliograph.runbook.run.Change;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Changes through the admin API; each is proposed by a dry run of itself.
final class Changes {

    private final AdminCalls admin;
    private final Clock clock;

    Changes(AdminCalls admin, Clock clock) {
        this.admin = admin;
        this.clock = clock;
    }

    /// @throws RunbookException if the arguments make no sense
    Change propose(ActionKind kind, Map<String, String> arguments, String reason) {
        Wish wish = wish(kind, new Arguments(arguments));
        JsonNode preview = admin.call(wish.request().with("dry_run", "true").with("reason", reason));
        return new AdminChange(admin, wish, reason, effects(preview));
    }

    /// What is wanted.
    ///
    /// @param title begins with a verb; `done` is the same in the past
    private record Wish(Request request, String title, String done) {}

    private Wish wish(ActionKind kind, Arguments given) {
        return switch (kind) {
            case IP_RULE_PUT -> {
                ObjectNode body = body().put("cidr", given.text("cidr")).put("kind", given.text("kind"));
                expiry(given, body);
                boolean allows = given.text("kind").equals("allow");
                yield new Wish(
                        new Request("PUT", "/v1/ip-rules", Map.of(), Optional.of(body)),
                        (allows ? "Allow " : "Ban ") + given.text("cidr"),
                        (allows ? "Allowed " : "Banned ") + given.text("cidr"));
            }
            case IP_RULE_DELETE ->
                new Wish(
                        new Request("DELETE", "/v1/ip-rules", Map.of("cidr", given.text("cidr")), Optional.empty()),
                        "Lift the rule of " + given.text("cidr"),
                        "Lifted the rule of " + given.text("cidr"));
            case USER_BAN_PUT -> {
                ObjectNode body = body().put("user", given.text("user"));
                expiry(given, body);
                yield new Wish(
                        new Request("PUT", "/v1/user-bans", Map.of(), Optional.of(body)),
                        "Ban user " + given.text("user"),
                        "Banned user " + given.text("user"));
            }
            case USER_BAN_DELETE ->
                new Wish(
                        new Request("DELETE", "/v1/user-bans", Map.of("user", given.text("user")), Optional.empty()),
                        "Let user " + given.text("user") + " in again",
                        "Let user " + given.text("user") + " in again");
            case REVOCATION_PUT -> revocation(given);
            case REVOCATION_DELETE ->
                new Wish(
                        new Request("DELETE", "/v1/revocations", Map.of("id", given.text("id")), Optional.empty()),
                        "Take back the revocation " + given.text("id"),
                        "Took back the revocation " + given.text("id"));
            case CHANNEL_PUBLISH ->
                new Wish(
                        new Request(
                                "POST",
                                "/v1/channel/publish",
                                Map.of(),
                                Optional.of(body().put("channel", given.text("channel"))
                                        .set("data", given.json("data")))),
                        "Publish a test message to " + given.text("channel"),
                        "Published a test message to " + given.text("channel"));
            case LIMIT_PUT -> limit(given);
            case LIMIT_DELETE ->
                new Wish(
                        new Request("DELETE", "/v1/limits/" + given.segment("name"), Map.of(), Optional.empty()),
                        "Lift the limit " + given.text("name"),
                        "Lifted the limit " + given.text("name"));
            case CONNECTION_DISCONNECT -> disconnect(given);
            case DRAIN_START -> {
                ObjectNode body = body();
                given.number("percent").ifPresent(percent -> body.put("percent", percent));
                given.number("per_second").ifPresent(rate -> body.put("per_second", rate));
                given.duration("within").ifPresent(within -> body.put("deadline_ms", within.toMillis()));
                yield drain(given, "", "Drain ", "Drains ", Optional.of(body));
            }
            case DRAIN_PAUSE -> drain(given, "/pause", "Pause the drain of ", "Paused the drain of ", Optional.empty());
            case DRAIN_RESUME ->
                drain(given, "/resume", "Resume the drain of ", "Resumed the drain of ", Optional.empty());
            case DRAIN_CANCEL ->
                drain(given, "/cancel", "Cancel the drain of ", "Cancelled the drain of ", Optional.empty());
            case REBALANCE -> {
                ObjectNode body = body();
                given.number("per_second").ifPresent(rate -> body.put("per_second", rate));
                given.number("tolerance_percent").ifPresent(percent -> body.put("tolerance_percent", percent));
                yield new Wish(
                        new Request("POST", "/v1/rebalance", Map.of(), Optional.of(body)),
                        "Rebalance the nodes",
                        "Rebalances the nodes");
            }
            case CONFIG_RELOAD ->
                new Wish(
                        new Request("POST", "/v1/config/reload", Map.of(), Optional.empty()),
                        "Reload the configuration",
                        "Reloaded the configuration");
            case NODE_LIST,
                    CONNECTION_LIST,
                    CONNECTION_GROUP,
                    CHANNEL_LIST,
                    IP_RULE_LIST,
                    USER_BAN_LIST,
                    REVOCATION_LIST,
                    LIMIT_LIST,
                    DRAIN_LIST,
                    DISCONNECT_LIST,
                    AUDIT_LIST,
                    PROMETHEUS_QUERY,
                    ALERT_LIST,
                    ANSIBLE_PLAYBOOK,
                    PERSON -> throw new IllegalArgumentException(kind + " is no change of the admin API");
        };
    }

    private Wish revocation(Arguments given) {
        Optional<String> jti = given.ifAny("jti");
        Optional<String> user = given.ifAny("user");
        if (jti.isPresent() == user.isPresent()) {
            throw new RunbookException("Either a jti or a user is needed.");
        }
        ObjectNode body = body();
        jti.ifPresent(text -> body.put("jti", text));
        user.ifPresent(text -> body.put("user", text));
        expiry(given, body);
        String whose = jti.map(text -> "the token " + text).orElseGet(() -> "the tokens of " + user.orElse(""));
        return new Wish(
                new Request("PUT", "/v1/revocations", Map.of(), Optional.of(body)),
                "Revoke " + whose,
                "Revoked " + whose);
    }

    private Wish limit(Arguments given) {
        ObjectNode body = body().put("operation", given.text("operation")).put("scope", given.text("scope"));
        for (String each : List.of("mode", "user", "cidr", "namespace", "channel")) {
            given.ifAny(each).ifPresent(text -> body.put(each, text));
        }
        given.number("rate").ifPresent(rate -> body.put("rate", rate));
        given.number("burst").ifPresent(burst -> body.put("burst", burst));
        given.number("max").ifPresent(most -> body.put("max", most.longValue()));
        expiry(given, body);
        return new Wish(
                new Request("PUT", "/v1/limits/" + given.segment("name"), Map.of(), Optional.of(body)),
                "Set the limit " + given.text("name"),
                "Set the limit " + given.text("name"));
    }

    private static Wish disconnect(Arguments given) {
        ObjectNode body = body().put("query", given.text("q"))
                .put("reconnect", given.text("reconnect", "true").equals("true"));
        given.number("per_second").ifPresent(rate -> body.put("per_second", rate));
        given.number("cap").ifPresent(cap -> body.put("cap", cap.intValue()));
        given.ifAny("close_reason").ifPresent(text -> body.put("close_reason", text));
        return new Wish(
                new Request("POST", "/v1/disconnects", Map.of(), Optional.of(body)),
                "Disconnect who matches: " + given.text("q"),
                "Disconnects who matches: " + given.text("q"));
    }

    private static Wish drain(Arguments given, String what, String title, String done, Optional<JsonNode> body) {
        return new Wish(
                new Request("POST", "/v1/drains/" + given.segment("node") + what, Map.of(), body),
                title + given.text("node"),
                done + given.text("node"));
    }

    private void expiry(Arguments given, ObjectNode body) {
        given.duration("expires_in")
                .ifPresent(span ->
                        body.put("expires_at", clock.instant().plus(span).toEpochMilli()));
    }

    private static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// What a dry run says that would be touched.
    private static List<String> effects(JsonNode answer) {
        JsonNode preview = answer.path("preview");
        if (preview.has("hit")) {
            return List.of(connections(preview.path("hit").asLong()) + " hit now.");
        }
        if (preview.has("selected")) {
            return List.of("%s of %s that match."
                    .formatted(
                            number(preview.path("selected").asLong()),
                            connections(preview.path("matched").asLong())));
        }
        JsonNode drain = answer.path("drain");
        if (drain.has("total")) {
            return List.of(connections(drain.path("connections").asLong()) + " on the node, "
                    + number(drain.path("total").asLong()) + " to move.");
        }
        return List.of();
    }

    private static String connections(long count) {
        return number(count) + (count == 1 ? " connection" : " connections");
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private record AdminChange(AdminCalls admin, Wish wish, String because, List<String> effects) implements Change {

        @Override
        public String title() {
            return wish.title();
        }

        @Override
        public Done make(String reason) {
            JsonNode answer = admin.call(wish.request().with("reason", reason.isBlank() ? because : reason));
            List<String> touched = Changes.effects(answer);
            return new Done(
                    touched.isEmpty() ? wish.done() : wish.done() + "; " + String.join(" ", touched), Optional.empty());
        }
    }
}
