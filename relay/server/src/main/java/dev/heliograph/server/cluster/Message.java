package dev.heliograph.server.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// What nodes tell each other: JSON behind a `j`, or compressed JSON behind a `z`.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Message.Status.class, name = "status"),
    @JsonSubTypes.Type(value = Message.Leaving.class, name = "leaving"),
    @JsonSubTypes.Type(value = Message.Question.class, name = "question"),
    @JsonSubTypes.Type(value = Message.Answer.class, name = "answer")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface Message {

    /// A heartbeat.
    ///
    /// @param hello it has just come, and wants to know who else is there
    record Status(Node node, boolean hello) implements Message {}

    /// The node ends.
    record Leaving(String node) implements Message {}

    /// @param from   the node that asks
    /// @param number unlike that of any other question of that node
    record Question(String from, long number, String procedure, JsonNode body) implements Message {}

    /// Either with a body or with an error.
    ///
    /// @param from the node that answers
    record Answer(
            String from,
            long number,
            @Nullable JsonNode body,
            @Nullable String error) implements Message {}

    /// Bytes of one message: answers that list channels are the long ones.
    int MAX_BYTES = 4 << 20;

    /// The same when it is unpacked.
    int MAX_UNPACKED = 64 << 20;

    int COMPRESSED_FROM = 1_024;

    JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /// @throws ClusterException if it is too long to be sent
    default byte[] write() {
        try {
            byte[] json = JSON.writerFor(Message.class).writeValueAsBytes(this);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (json.length < COMPRESSED_FROM) {
                out.write('j');
                out.write(json);
            } else {
                out.write('z');
                try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
                    deflater.write(json);
                }
            }
            if (json.length > MAX_UNPACKED || out.size() > MAX_BYTES) {
                throw new ClusterException("a message of %d bytes is too long".formatted(json.length));
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /// @throws IOException if it is none
    static Message read(byte[] message) throws IOException {
        if (message.length == 0) {
            throw new IOException("an empty message");
        }
        ByteArrayInputStream rest = new ByteArrayInputStream(message, 1, message.length - 1);
        try (InputStream json = message[0] == 'z' ? new InflaterInputStream(rest) : rest) {
            byte[] text = json.readNBytes(MAX_UNPACKED + 1);
            if (text.length > MAX_UNPACKED) {
                throw new IOException("a message is too long");
            }
            return JSON.readValue(text, Message.class);
        }
    }
}
