package dev.heliograph.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.console.api.AdminApi.AuditQuestion;
import dev.heliograph.runbook.cluster.AdminCalls;
import java.time.Instant;
import java.util.Optional;

/// The lists of an [AdminApi] as the JSON that they are on the wire, for who knows them by their paths. Changes
/// are not
/// made this way: the console has proposals for them.
public final class JsonReads implements AdminCalls {

    private final AdminApi api;

    public JsonReads(AdminApi api) {
        this.api = api;
    }

    /// @throws AdminException           as the operation does
    /// @throws IllegalArgumentException for what is none of the lists
    @Override
    public JsonNode call(Request request) {
        int limit = Integer.parseInt(text(request, "limit", "100"));
        Object answer = switch (request.path()) {
            case "/v1/nodes" -> api.nodes();
            case "/v1/connections" -> api.connections(text(request, "q", ""), limit, Optional.empty());
            case "/v1/connections/groups" ->
                api.groups(
                        text(request, "by", ""),
                        text(request, "q", ""),
                        text(request, "measure", "connections"),
                        limit);
            case "/v1/channels" ->
                api.channels(text(request, "pattern", ""), text(request, "order", "subscribers"), limit);
            case "/v1/ip-rules" -> api.ipRules(text(request, "text", ""), Optional.empty(), limit);
            case "/v1/user-bans" -> api.userBans(text(request, "text", ""), Optional.empty(), limit);
            case "/v1/limits" -> api.limits();
            case "/v1/drains" -> api.drains();
            case "/v1/disconnects" -> api.disconnects();
            case "/v1/audit" ->
                api.audit(new AuditQuestion(
                        find(request, "since").map(at -> Instant.ofEpochMilli(Long.parseLong(at))),
                        Optional.empty(),
                        Optional.empty(),
                        find(request, "action"),
                        find(request, "text"),
                        Optional.empty(),
                        limit));
            default -> throw new IllegalArgumentException(request.path() + " is no list");
        };
        return Json.MAPPER.valueToTree(answer);
    }

    private static Optional<String> find(Request request, String name) {
        return Optional.ofNullable(request.query().get(name));
    }

    private static String text(Request request, String name, String fallback) {
        return find(request, name).orElse(fallback);
    }
}
