package dev.heliograph.protocol;

/// Checks on JSON text that is passed on as it is.
public final class JsonText {

    private JsonText() {}

    /// Whether bytes are exactly one JSON value (RFC 8259) in UTF-8, nested at most [Codec.Limits#MAX_DEPTH] deep.
    public static boolean isValid(byte[] text) {
        try {
            JsonReader reader = new JsonReader(text, 0, text.length);
            reader.skip();
            return reader.atEnd();
        } catch (ProtocolException _) {
            return false;
        }
    }

    /// A JSON value without raw line breaks, so that it can stand in a newline-delimited frame: in valid JSON they are
    /// white space only. Returns the same bytes if there are none.
    public static Bytes singleLine(Bytes json) {
        for (byte each : json.array()) {
            if (each == '\n' || each == '\r') {
                byte[] copy = json.array().clone();
                flatten(copy);
                return Bytes.of(copy);
            }
        }
        return json;
    }

    static void flatten(byte[] json) {
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                json[i] = ' ';
            }
        }
    }
}
