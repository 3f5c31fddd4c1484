package dev.heliograph.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.JsonText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A JSON value as the text it was in the request: payloads are cut out of the body and not parsed into anything.
@JsonDeserialize(using = RawJson.Reader.class)
@JsonSerialize(using = RawJson.Writer.class)
record RawJson(Bytes text) {

    static final class Reader extends StdDeserializer<RawJson> {

        private static final long serialVersionUID = 1L;

        Reader() {
            super(RawJson.class);
        }

        @Override
        public RawJson deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            // The body is always one array, so offsets in it are those of the parser.
            byte[] body = (byte[]) parser.currentLocation().contentReference().getRawContent();
            int start = (int) parser.currentTokenLocation().getByteOffset();
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                parser.finishToken();
            } else {
                parser.skipChildren();
            }
            int end = (int) parser.currentLocation().getByteOffset();
            return new RawJson(Bytes.copyOf(body, start, end - start));
        }

        /// An explicit `null` is a value like any other.
        @Override
        public RawJson getNullValue(DeserializationContext context) {
            return new RawJson(Bytes.utf8("null"));
        }

        /// Without this, a value that is not there would be taken for a `null`.
        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }

    /// What is no JSON, as data of a binary namespace may be, is written as text in Base64: the answer stays
    /// JSON.
    static final class Writer extends StdSerializer<RawJson> {

        private static final long serialVersionUID = 1L;

        Writer() {
            super(RawJson.class);
        }

        @Override
        public void serialize(RawJson value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (JsonText.isValid(value.text().array())) {
                out.writeRawValue(value.text().text());
            } else {
                out.writeBinary(value.text().array());
            }
        }
    }
}
