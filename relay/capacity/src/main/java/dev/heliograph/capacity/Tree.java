package dev.heliograph.capacity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Records as JSON and back: a component `payloadBytes` is the key `payload_bytes`, an empty `Optional` is a
/// key that is not there. Jackson could do that, too; this names the file and the full key of whatever is
/// wrong, and needs no module to be opened.
///
/// A record says that a value makes no sense with an [IllegalArgumentException] whose message begins with the
/// key.
final class Tree {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /// From here on fractions say nothing, and digits are easier to read than powers of ten.
    private static final double MANY = 1e5;

    private Tree() {}

    /// @throws CapacityException if the file can not be read, or has no JSON object
    static ObjectNode object(Path file) {
        try {
            return object(file.toString(), Files.readString(file));
        } catch (NoSuchFileException _) {
            throw CapacityException.wrong(file + ": there is no such file");
        } catch (MalformedInputException _) {
            throw CapacityException.wrong(file + ": is not UTF-8");
        } catch (IOException e) {
            throw CapacityException.wrong(
                    file + ": can not be read: " + e.getClass().getSimpleName());
        }
    }

    /// @param source what errors call it
    static ObjectNode object(String source, String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw CapacityException.wrong(source + ": is not a JSON object");
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw CapacityException.wrong(source + ": is not JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse("") + where);
        }
    }

    /// @throws CapacityException with the source and the key, if a key is missing, unknown, of another type,
    /// or has a
    ///     value that makes no sense
    static <T extends Record> T read(String source, JsonNode node, Class<T> type) {
        return type.cast(record(source, "", node, type));
    }

    private static Object record(String source, String path, JsonNode node, Class<?> type) {
        if (!node.isObject()) {
            throw wrong(source, path, "is not an object");
        }
        RecordComponent[] components = type.getRecordComponents();
        Set<String> unknown = new HashSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = key(components[i].getName());
            unknown.remove(key);
            types[i] = components[i].getType();
            values[i] = value(source, join(path, key), node.path(key), types[i], components[i].getGenericType());
        }
        if (!unknown.isEmpty()) {
            throw wrong(source, join(path, unknown.stream().sorted().toList().getFirst()), "is not a known key");
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException nonsense) {
                throw CapacityException.wrong(source + ": " + join(path, String.valueOf(nonsense.getMessage())));
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(String source, String path, JsonNode node, Class<?> type, Type generic) {
        if (type == Optional.class) {
            return node.isMissingNode() || node.isNull()
                    ? Optional.empty()
                    : Optional.of(value(source, path, node, argument(generic, 0), argument(generic, 0)));
        }
        if (node.isMissingNode()) {
            throw wrong(source, path, "is missing");
        }
        if (type.isRecord()) {
            return record(source, path, node, type);
        }
        if (type == List.class) {
            return list(source, path, node, argument(generic, 0));
        }
        if (type == Map.class) {
            return texts(source, path, node);
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(each -> text((Enum<?>) each).equals(node.asText()))
                    .findFirst()
                    .orElseThrow(() -> wrong(source, path, "is none of " + choices(type)));
        }
        if (type == String.class && node.isTextual()) {
            return node.textValue();
        }
        if (type == int.class && node.isIntegralNumber() && node.canConvertToInt()) {
            return node.intValue();
        }
        if ((type == double.class || type == Double.class) && node.isNumber() && Double.isFinite(node.doubleValue())) {
            return node.doubleValue();
        }
        throw wrong(
                source,
                path,
                type == String.class
                        ? "is not a text"
                        : type == int.class ? "is not a whole number" : "is not a number");
    }

    private static List<Object> list(String source, String path, JsonNode node, Class<?> element) {
        if (!node.isArray()) {
            throw wrong(source, path, "is not a list");
        }
        List<Object> list = new ArrayList<>();
        for (JsonNode each : node) {
            list.add(value(source, path + "[" + list.size() + "]", each, element, element));
        }
        return list;
    }

    private static Map<String, String> texts(String source, String path, JsonNode node) {
        if (!node.isObject()) {
            throw wrong(source, path, "is not an object");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(each -> {
            if (!each.getValue().isTextual()) {
                throw wrong(source, join(path, each.getKey()), "is not a text");
            }
            texts.put(each.getKey(), each.getValue().textValue());
        });
        return texts;
    }

    /// The JSON of a record.
    static ObjectNode write(Record value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                Object each = component.getAccessor().invoke(value);
                if (!Optional.empty().equals(each)) {
                    object.set(key(component.getName()), node(each));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return object;
    }

    private static JsonNode node(Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case Optional<?> optional -> node(optional.orElseThrow());
            case Record record -> write(record);
            case List<?> list -> {
                ArrayNode array = json.arrayNode();
                list.forEach(each -> array.add(node(each)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = json.objectNode();
                map.forEach((key, each) -> object.put(String.valueOf(key), String.valueOf(each)));
                yield object;
            }
            case Enum<?> choice -> json.textNode(text(choice));
            case Integer number -> json.numberNode(number);
            case Double number when !Double.isFinite(number) -> json.nullNode();
            case Double number when Math.abs(number) >= MANY -> json.numberNode(Math.round(number));
            case Double number -> json.numberNode(rounded(number));
            default -> json.textNode(value.toString());
        };
    }

    /// Six digits that count: no figure here is known better.
    private static double rounded(double number) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.6g", number));
    }

    static String pretty(ObjectNode object) {
        return object.toPrettyString() + "\n";
    }

    /// As it is written: `BEST_EFFORT` is `best-effort`.
    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String choices(Class<?> type) {
        return String.join(
                ", ",
                Arrays.stream(type.getEnumConstants())
                        .map(each -> text((Enum<?>) each))
                        .toList());
    }

    /// `payloadBytes` is `payload_bytes`, and `p99Ms` is `p99_ms`.
    static String key(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Class<?> argument(Type generic, int number) {
        return (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[number];
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static CapacityException wrong(String source, String path, String why) {
        return CapacityException.wrong(source + ": " + (path.isEmpty() ? "" : path + ": ") + why);
    }
}
