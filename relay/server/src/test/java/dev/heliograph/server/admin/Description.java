package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The OpenAPI document of a running relay as a judge: what it says about an answer must hold.
final class Description {

    private static final String FAILURE = "#/components/schemas/Failure";

    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new HashMap<>();

    /// Operations that gave the answer that they are for.
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    Description(JsonNode document) {
        this.document = document;
    }

    JsonNode document() {
        return document;
    }

    /// Ids of operations that were seen to succeed.
    Set<String> answered() {
        return answered;
    }

    /// Fails if an answer is not what the description says.
    void check(String method, String path, int status, JsonNode body) {
        Optional<JsonNode> operation = operation(method, path);
        String schema = FAILURE;
        if (status == 200) {
            assertThat(operation)
                    .as("the description has no " + method + " " + path)
                    .isPresent();
            answered.add(operation.orElseThrow().path("operationId").asText());
            schema = operation
                    .orElseThrow()
                    .at("/responses/200/content/application~1json/schema/$ref")
                    .asText();
        }
        assertThat(errors(schema, body))
                .as("%s %s: %d %s", method, path, status, body)
                .isEmpty();
    }

    /// Fails if a message of the stream is not what the description says.
    void checkMessage(JsonNode message) {
        JsonNode reference = document.at("/paths/~1v1~1stream/get/x-messages")
                .path(message.path("type").asText())
                .path("$ref");
        assertThat(reference.isTextual())
                .as("no message is described like %s", message)
                .isTrue();
        assertThat(errors(reference.asText(), message)).as(message.toString()).isEmpty();
        answered.add("stream");
    }

    /// Fails if a body that the relay takes is none by the description.
    void checkRequest(String method, String path, JsonNode body) {
        operation(method, path)
                .ifPresent(operation -> assertThat(errors(
                                operation
                                        .at("/requestBody/content/application~1json/schema/$ref")
                                        .asText(),
                                body))
                        .as("%s %s takes %s", method, path, body)
                        .isEmpty());
    }

    private Optional<JsonNode> operation(String method, String path) {
        for (Map.Entry<String, JsonNode> each : document.path("paths").properties()) {
            String pattern = each.getKey().replaceAll("\\{\\w+}", "[^/]+");
            JsonNode operation = each.getValue().path(method.toLowerCase(Locale.ROOT));
            if (path.matches(pattern) && !operation.isMissingNode()) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    private List<String> errors(String reference, JsonNode body) {
        Schema schema = schemas.computeIfAbsent(reference, ref -> {
            ObjectNode root = AdminUnderTest.JSON.createObjectNode().put("$ref", ref);
            root.set("components", document.path("components"));
            return registry.getSchema(root);
        });
        return schema.validate(body).stream().map(String::valueOf).toList();
    }
}
