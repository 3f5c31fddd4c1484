package dev.heliograph.protocol;

/// JSON text that is passed on as it is.
public final class JsonText {

    private JsonText() {}

    /// Whether bytes are exactly one JSON value (RFC 8259) in UTF-8, nested at most [Codec.Limits#MAX_DEPTH]
    /// deep: what may be embedded as a payload. Goes over them once and allocates nothing for what it sees.
    public static boolean isValid(byte[] text) {
        try {
            JsonReader reader = new JsonReader(text, 0, text.length);
            reader.skip();
            return reader.atEnd();
        } catch (ProtocolException _) {
            return false;
        }
    }

    /// Any text as a JSON string, quotes included. A surrogate without its partner becomes a question mark.
    public static Bytes quote(String text) {
        return Bytes.of(JsonWriter.write(out -> out.quoted(text)));
    }
}
