package dev.heliograph.server.session;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.JsonText;
import dev.heliograph.server.channel.Channel;

/// What a namespace takes as publication data (`publication_data_format`).
///
/// JSON is checked once, here, and never again: what passes may be embedded in JSON frames as it is.
enum DataFormat {
    JSON,
    JSON_OBJECT,
    BINARY;

    static DataFormat of(String name) {
        return switch (name) {
            case "json_object" -> JSON_OBJECT;
            case "binary" -> BINARY;
            default -> JSON;
        };
    }

    /// Refuses a JSON client a channel of binary data, which a text frame can not hold: one publication would
    /// end its connection.
    ///
    /// @throws RequestException 107 bad request
    static void requireReadable(Channel channel, Encoding encoding) {
        if (encoding == Encoding.JSON && of(channel.options().publicationDataFormat()) == BINARY) {
            throw new RequestException(ErrorCode.BAD_REQUEST);
        }
    }

    /// @param checked whether the decoder of a JSON frame has read it as JSON already
    boolean accepts(Bytes data, boolean checked) {
        return switch (this) {
            case BINARY -> true;
            case JSON -> isJson(data, checked);
            case JSON_OBJECT -> startsObject(data.array()) && isJson(data, checked);
        };
    }

    private static boolean isJson(Bytes data, boolean checked) {
        return checked ? !data.isEmpty() : JsonText.isValid(data.array());
    }

    private static boolean startsObject(byte[] text) {
        for (byte each : text) {
            if (each == '{') {
                return true;
            }
            if (each != ' ' && each != '\t' && each != '\n' && each != '\r') {
                return false;
            }
        }
        return false;
    }
}
