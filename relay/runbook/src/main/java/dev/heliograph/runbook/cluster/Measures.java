package dev.heliograph.runbook.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.runbook.cluster.AdminCalls.Request;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/// What the admin API tells in one number.
final class Measures {

    private static final String MOST = "1000";

    private final AdminCalls admin;

    Measures(AdminCalls admin) {
        this.admin = admin;
    }

    double connections(String query) {
        return admin.call(Request.get("/v1/connections").with("q", query).with("limit", "1"))
                .path("matched")
                .asLong();
    }

    double largestGroup(String by, String query) {
        JsonNode groups = admin.call(Request.get("/v1/connections/groups")
                        .with("by", by)
                        .with("q", query)
                        .with("measure", "connections")
                        .with("limit", "1"))
                .path("groups");
        return groups.path(0).path("connections").asLong();
    }

    double nodes(Predicate<JsonNode> which) {
        return count(nodes(), which);
    }

    double nodeConnections(String name) {
        double sum = 0;
        for (JsonNode node : nodes()) {
            if (isCalled(node, name)) {
                sum += node.path("clients").asLong();
            }
        }
        return sum;
    }

    /// Of the busiest node, in percent of its processors.
    double cpu() {
        double most = 0;
        for (JsonNode node : nodes()) {
            most = Math.max(
                    most,
                    node.path("cpu").asDouble()
                            / Math.max(1, node.path("processors").asInt()));
        }
        return most;
    }

    double ipRules(String cidr) {
        JsonNode rules = admin.call(
                        Request.get("/v1/ip-rules").with("text", cidr).with("limit", MOST))
                .path("rules");
        return count(rules, rule -> rule.path("cidr").asText().equals(cidr));
    }

    double userBans(String user) {
        JsonNode bans = admin.call(
                        Request.get("/v1/user-bans").with("text", user).with("limit", MOST))
                .path("bans");
        return count(bans, ban -> ban.path("user").asText().equals(user));
    }

    double revocations(String id) {
        JsonNode revocations = admin.call(
                        Request.get("/v1/revocations").with("text", id).with("limit", MOST))
                .path("revocations");
        return count(revocations, each -> each.path("id").asText().equals(id));
    }

    double limits(String name) {
        return count(
                admin.call(Request.get("/v1/limits")).path("limits"),
                limit -> limit.path("name").asText().equals(name));
    }

    static boolean isCalled(JsonNode node, String name) {
        return node.path("name").asText().equals(name)
                || node.path("id").asText().equals(name);
    }

    private JsonNode nodes() {
        return admin.call(Request.get("/v1/nodes")).path("nodes");
    }

    private static long count(JsonNode list, Predicate<JsonNode> which) {
        return StreamSupport.stream(list.spliterator(), false).filter(which).count();
    }
}
