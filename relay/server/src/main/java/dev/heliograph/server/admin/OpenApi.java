package dev.heliograph.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The description of the API (OpenAPI 3.1), made of its routes and of the records that they take and give: it cannot
/// say anything else than what is served.
final class OpenApi {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final NamingBase NAMES = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;
    private static final String SCHEMAS = "#/components/schemas/";

    private final Map<String, ObjectNode> schemas = new TreeMap<>();
    private final Map<String, Class<?>> names = new HashMap<>();

    private OpenApi() {}

    static ObjectNode of(List<Route> routes, String version) {
        return new OpenApi().describe(routes, version);
    }

    private ObjectNode describe(List<Route> routes, String version) {
        ObjectNode root = NODES.objectNode();
        root.put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Heliograph admin API")
                .put("version", version)
                .put(
                        "description",
                        "Every request has the header `Authorization: Bearer <token>`; each operation says which role"
                                + " it needs (viewer, operator or admin; each may do what those before it may). Times"
                                + " are Unix milliseconds. Fields without a value are left out.");
        ObjectNode paths = root.putObject("paths");
        for (Route route : routes) {
            paths.withObjectProperty(route.path())
                    .set(route.method().name().toLowerCase(Locale.ROOT), operation(route));
        }
        paths.withObjectProperty(LiveStreams.PATH).set("get", stream());
        ObjectNode components = root.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        reference(AdminApi.Failure.class);
        ObjectNode all = components.putObject("schemas");
        schemas.forEach(all::set);
        root.putArray("security").addObject().putArray("token");
        return root;
    }

    private ObjectNode operation(Route route) {
        ObjectNode operation = NODES.objectNode();
        operation.put("operationId", route.id());
        operation.put("summary", route.summary());
        operation.put("x-role", route.role().text());
        ArrayNode params = NODES.arrayNode();
        route.pathParams()
                .forEach(name -> params.addObject()
                        .put("name", name)
                        .put("in", "path")
                        .put("required", true)
                        .putObject("schema")
                        .put("type", "string"));
        route.params().forEach(param -> add(params, param));
        if (!params.isEmpty()) {
            operation.set("parameters", params);
        }
        Class<?> request = route.request();
        if (request != null) {
            ObjectNode body = operation.putObject("requestBody").put("required", true);
            content(body).set("schema", reference(request));
        }
        ObjectNode responses = operation.putObject("responses");
        ObjectNode ok = responses.putObject("200").put("description", "Done.");
        content(ok).set("schema", reference(route.answer()));
        ObjectNode failure = responses.putObject("default").put("description", "Refused or failed.");
        content(failure).set("schema", reference(AdminApi.Failure.class));
        return operation;
    }

    /// OpenAPI knows no WebSockets: what they say stands in an extension, by the type of the message.
    private ObjectNode stream() {
        ObjectNode operation = NODES.objectNode();
        operation.put("operationId", "stream");
        operation.put(
                "summary",
                "What happens, live: a WebSocket that sends JSON objects, each with a `type`, and takes nothing.");
        operation.put("x-role", Role.VIEWER.text());
        ArrayNode params = NODES.arrayNode();
        StreamWish.PARAMS.forEach(param -> add(params, param));
        operation.set("parameters", params);
        ObjectNode messages = operation.putObject("x-messages");
        StreamMessage.types().forEach((type, record) -> messages.set(type, reference(record)));
        ObjectNode responses = operation.putObject("responses");
        responses.putObject("101").put("description", "The messages of `x-messages` follow.");
        ObjectNode failure = responses.putObject("default").put("description", "Refused or failed.");
        content(failure).set("schema", reference(AdminApi.Failure.class));
        return operation;
    }

    private static void add(ArrayNode params, Param param) {
        ObjectNode node =
                params.addObject().put("name", param.name()).put("in", "query").put("description", param.text());
        if (param.required()) {
            node.put("required", true);
        }
        node.putObject("schema").put("type", param.kind().schema());
    }

    private static ObjectNode content(ObjectNode of) {
        return of.putObject("content").putObject("application/json");
    }

    // ---- schemas ----

    private ObjectNode reference(Class<?> record) {
        String name = record.getSimpleName();
        Class<?> known = names.putIfAbsent(name, record);
        if (known != null && known != record) {
            throw new IllegalStateException("two schemas would be called " + name);
        }
        if (known == null) {
            ObjectNode schema = NODES.objectNode();
            // Before its fields: a record may contain itself.
            schemas.put(name, schema);
            fill(schema, record);
        }
        return NODES.objectNode().put("$ref", SCHEMAS + name);
    }

    private void fill(ObjectNode schema, Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        if (components == null) {
            throw new IllegalStateException(record + " is not a record");
        }
        schema.put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (RecordComponent component : components) {
            String name = NAMES.translate(component.getName());
            properties.set(name, schema(component.getAnnotatedType()));
            if (!isNullable(component.getAnnotatedType())) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private ObjectNode schema(AnnotatedType annotated) {
        Type type = annotated.getType();
        if (type instanceof ParameterizedType parameterized
                && annotated instanceof AnnotatedParameterizedType arguments
                && parameterized.getRawType() instanceof Class<?> raw) {
            AnnotatedType[] of = arguments.getAnnotatedActualTypeArguments();
            if (List.class.isAssignableFrom(raw)) {
                ObjectNode list = NODES.objectNode().put("type", "array");
                list.set("items", schema(of[0]));
                return list;
            }
            if (Map.class.isAssignableFrom(raw)) {
                ObjectNode map = NODES.objectNode().put("type", "object");
                map.set("additionalProperties", schema(of[1]));
                return map;
            }
        }
        if (type instanceof Class<?> simple) {
            return schema(simple);
        }
        throw new IllegalStateException("no schema for " + type);
    }

    private ObjectNode schema(Class<?> type) {
        ObjectNode schema = NODES.objectNode();
        if (type == String.class) {
            return schema.put("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (Stream.of(int.class, long.class, Integer.class, Long.class).anyMatch(each -> each == type)) {
            return schema.put("type", "integer")
                    .put("format", type == int.class || type == Integer.class ? "int32" : "int64");
        }
        if (type == double.class || type == Double.class) {
            return schema.put("type", "number").put("format", "double");
        }
        if (JsonNode.class.isAssignableFrom(type) || type == RawValue.class) {
            // Anything.
            return schema;
        }
        if (type.isEnum()) {
            ArrayNode values = schema.put("type", "string").putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                values.add(Json.MAPPER.valueToTree(constant).asText());
            }
            return schema;
        }
        return reference(type);
    }
}
