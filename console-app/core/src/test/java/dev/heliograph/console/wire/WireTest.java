package dev.heliograph.console.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The records are what the description of the API says, which a test of the relay holds to what the relay does.
final class WireTest {

    private static final String REF = "#/components/schemas/";

    private static JsonNode description() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("docs").resolve("openapi.json");
            if (file.toFile().isFile()) {
                return new ObjectMapper().readTree(file.toFile());
            }
        }
        throw new IOException("no docs/openapi.json in or above this directory");
    }

    static Stream<String> schemas() throws IOException {
        return description().at("/components/schemas").propertyStream().map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everySchemaIsItsRecord(String name) throws Exception {
        JsonNode schema = description().at("/components/schemas").get(name);
        Class<?> record = Class.forName("dev.heliograph.console.wire." + name);
        assertThat(record.isRecord()).isTrue();
        assertThat(components(record)).isEqualTo(properties(schema));
    }

    @Test
    void everyMessageOfTheStreamIsToldApartByItsType() throws IOException {
        Map<String, String> described = new TreeMap<>();
        description()
                .at("/paths/~1v1~1stream/get/x-messages")
                .propertyStream()
                .forEach(each -> described.put(each.getKey(), reference(each.getValue())));
        Map<String, String> known = new TreeMap<>();
        for (JsonSubTypes.Type type :
                StreamMessage.class.getAnnotation(JsonSubTypes.class).value()) {
            known.put(type.name(), type.value().getSimpleName());
        }
        assertThat(known).isEqualTo(described);
    }

    @Test
    void theTopicsAreThoseOfHello() throws IOException {
        JsonNode topics = description().at("/components/schemas/Hello/properties/topics/items");
        assertThat(describe(Topic.class)).isEqualTo(describe(topics));
    }

    /// A word that a newer relay has added must not spoil the answer that it stands in.
    @ParameterizedTest
    @MethodSource("enums")
    void anEnumHasAPlaceForWordsThatItDoesNotKnow(Class<? extends Enum<?>> type) throws Exception {
        ObjectMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                .build();
        assertThat(mapper.readValue("\"a word of tomorrow\"", type).name()).isEqualTo("UNKNOWN");
        for (Enum<?> each : type.getEnumConstants()) {
            assertThat((Object) mapper.readValue(mapper.writeValueAsString(each), type))
                    .isSameAs(each);
        }
    }

    static Set<Class<?>> enums() throws Exception {
        Set<Class<?>> all = new LinkedHashSet<>(Set.of(Topic.class));
        for (String name : schemas().toList()) {
            for (RecordComponent component :
                    Class.forName("dev.heliograph.console.wire." + name).getRecordComponents()) {
                Type type = component.getGenericType() instanceof ParameterizedType list
                        ? list.getActualTypeArguments()[0]
                        : component.getType();
                if (type instanceof Class<?> one && one.isEnum()) {
                    all.add(one);
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(8);
        return all;
    }

    private static Map<String, String> properties(JsonNode schema) {
        List<String> required = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        Map<String, String> all = new TreeMap<>();
        schema.path("properties")
                .propertyStream()
                .forEach(each -> all.put(
                        each.getKey(), describe(each.getValue()) + (required.contains(each.getKey()) ? "" : "?")));
        return all;
    }

    private static String describe(JsonNode property) {
        if (property.has("$ref")) {
            return reference(property);
        }
        if (property.has("enum")) {
            return StreamSupport.stream(property.get("enum").spliterator(), false)
                    .map(JsonNode::asText)
                    .sorted()
                    .toList()
                    .toString();
        }
        return switch (property.path("type").asText()) {
            case "array" -> "list of " + describe(property.get("items"));
            case "integer" -> property.get("format").asText();
            case "" -> "anything";
            case String other -> other;
        };
    }

    private static String reference(JsonNode node) {
        return node.get("$ref").asText().substring(REF.length());
    }

    private static Map<String, String> components(Class<?> record) throws ReflectiveOperationException {
        Map<String, String> all = new TreeMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            all.put(snake(component.getName()), describe(component.getGenericType()) + (optional ? "?" : ""));
        }
        return all;
    }

    private static String describe(Type type) {
        return switch (type) {
            case ParameterizedType list -> "list of " + describe(list.getActualTypeArguments()[0]);
            case Class<?> one when one == String.class -> "string";
            case Class<?> one when one == boolean.class || one == Boolean.class -> "boolean";
            case Class<?> one when one == int.class || one == Integer.class -> "int32";
            case Class<?> one when one == long.class || one == Long.class -> "int64";
            case Class<?> one when one == double.class || one == Double.class -> "number";
            case Class<?> one when one == JsonNode.class -> "anything";
            case Class<?> one
            when one.isEnum() ->
                Arrays.stream(one.getFields())
                        .filter(constant -> !constant.isAnnotationPresent(JsonEnumDefaultValue.class))
                        .map(WireTest::word)
                        .sorted()
                        .toList()
                        .toString();
            case Class<?> one -> one.getSimpleName();
            default -> type.getTypeName();
        };
    }

    private static String word(java.lang.reflect.Field constant) {
        return constant.getAnnotation(JsonProperty.class).value();
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }
}
