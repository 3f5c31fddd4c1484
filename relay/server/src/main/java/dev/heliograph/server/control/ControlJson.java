package dev.heliograph.server.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.heliograph.protocol.Bytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How documents and lines of the audit record are written: as JSON, without what is null.
public final class ControlJson {

    /// Bytes of JSON of what was there before a change, and after it, that a line of the record holds. What is
    /// longer is replaced by its length: an import of 100,000 rules is one line.
    static final int MAX_DETAIL = 64 << 10;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private ControlJson() {}

    /// Writes what Jackson can.
    ///
    /// @throws IllegalArgumentException if it cannot
    public static Bytes write(Object value) {
        try {
            return Bytes.of(MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// Reads what was written; fields that the type does not know are ignored.
    ///
    /// @throws IOException if it is no such value
    public static <T> T read(Bytes json, Class<T> type) throws IOException {
        T value = MAPPER.readValue(json.array(), type);
        if (value == null) {
            throw new IOException("it is null");
        }
        return value;
    }

    /// The line as it is kept: with details within their bound.
    public static AuditEntry bounded(AuditEntry entry) {
        return new AuditEntry(
                entry.id(),
                entry.at(),
                entry.operator(),
                entry.role(),
                entry.from(),
                entry.action(),
                entry.target(),
                entry.reason(),
                bounded(entry.before()),
                bounded(entry.after()),
                entry.outcome());
    }

    private static @Nullable JsonNode bounded(@Nullable JsonNode detail) {
        if (detail == null) {
            return null;
        }
        int length = write(detail).length();
        return length <= MAX_DETAIL
                ? detail
                : JsonNodeFactory.instance.objectNode().put("omitted_bytes", length);
    }
}
