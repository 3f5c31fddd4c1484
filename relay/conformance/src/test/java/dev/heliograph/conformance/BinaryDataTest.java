package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Binary publications reach Protobuf clients byte for byte, and never stand in a JSON frame.
class BinaryDataTest {

    @Test
    void aBinaryNamespaceServesProtobufClientsAndRefusesJsonClientsWith107() throws Exception {
        RelayConfig config = RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                client: {insecure: true}
                channel:
                  namespaces: [{name: raw, publication_data_format: binary, history_size: 10, history_ttl: 1m}]
                """);
        Bytes data = Bytes.of(new byte[] {0, (byte) 0xFF, '"', '\n', (byte) 0x80});
        try (Relay relay = Relay.start(config);
                WireClient json = WireClient.connected(relay.port(), Encoding.JSON);
                WireClient protobuf = WireClient.connected(relay.port(), Encoding.PROTOBUF)) {
            protobuf.subscribe(Request.Subscribe.to("raw:a"));
            protobuf.ok(Request.Publish.of("raw:a", data));
            Push.Pub pub = (Push.Pub) protobuf.push().orElseThrow();
            assertThat(pub.publication().data()).isEqualTo(data);

            assertThat(code(json.call(Request.Subscribe.to("raw:a")))).isEqualTo(107);
            assertThat(code(json.call(new Request.History("raw:a", 10, Optional.empty(), false))))
                    .isEqualTo(107);
            json.subscribe(Request.Subscribe.to("text"));
        }
    }

    private static int code(Reply reply) {
        return reply instanceof Reply.Failed failed ? failed.error().code() : 0;
    }
}
