package dev.heliograph.server.connections;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.heliograph.protocol.Bytes;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Base64;
import java.util.Optional;

/// How much of a payload an operator sees.
public enum Masking {
    /// How long it is.
    SIZES,
    /// JSON with every string as `"***"`, every number as 0 and every truth as false; the names of its fields
    /// are seen.
    VALUES,
    /// All of it.
    CLEAR;

    /// Bytes of a payload that is shown in one of these ways; of longer ones only the size is.
    static final int MAX_BYTES = 16 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    /// The payload as the text of one JSON value. What is no JSON is shown as its size, or in the clear as
    /// `{"base64":"…"}`.
    String show(Bytes payload) {
        if (this == SIZES || payload.length() > MAX_BYTES) {
            return size(payload);
        }
        Optional<String> json = copy(payload);
        if (this == VALUES) {
            return json.orElse(size(payload));
        }
        return json.orElseGet(() -> "{\"base64\":\"" + Base64.getEncoder().encodeToString(payload.array()) + "\"}");
    }

    private static String size(Bytes payload) {
        return "{\"bytes\":" + payload.length() + "}";
    }

    /// @return empty if it is not one JSON value
    private Optional<String> copy(Bytes payload) {
        StringWriter out = new StringWriter();
        try (JsonParser in = JSON.createParser(payload.array());
                JsonGenerator masked = JSON.createGenerator(out)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                values += depth == 0 ? 1 : 0;
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (values > 1) {
                    return Optional.empty();
                }
                if (this == CLEAR || !token.isScalarValue()) {
                    masked.copyCurrentEvent(in);
                } else {
                    mask(token, masked);
                }
            }
            if (values == 0) {
                return Optional.empty();
            }
        } catch (IOException _) {
            return Optional.empty();
        }
        return Optional.of(out.toString());
    }

    private static void mask(JsonToken token, JsonGenerator out) throws IOException {
        switch (token) {
            case VALUE_NULL -> out.writeNull();
            case VALUE_TRUE, VALUE_FALSE -> out.writeBoolean(false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(0);
            default -> out.writeString("***");
        }
    }
}
