package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `publication_data_format`: what a channel takes, and that no frame holds what its encoding can not.
class PublicationDataTest {

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

    @Test
    void dataIsJsonUnlessTheNamespaceSaysOtherwise() throws Exception {
        RelayConfig config = RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                client: {insecure: true}
                channel:
                  namespaces: [{name: objects, publication_data_format: json_object}]
                """);
        try (Relay relay = Relay.start(config);
                WireClient json = WireClient.connected(relay.port(), Encoding.JSON);
                WireClient protobuf = WireClient.connected(relay.port(), Encoding.PROTOBUF)) {
            Bytes object = Bytes.utf8(" {\"a\": [1]}");
            Bytes array = Bytes.utf8("[1]");
            for (WireClient client : List.of(json, protobuf)) {
                client.ok(Request.Publish.of("any", array));
                client.ok(Request.Publish.of("objects:1", object));
                assertThat(code(client.call(Request.Publish.of("objects:1", array))))
                        .isEqualTo(107);
                assertThat(code(client.call(Request.Publish.of("any", Bytes.EMPTY))))
                        .isEqualTo(107);
            }
            for (String none : List.of("nonsense", "{\"a\":}", "1 2", "\"\u0001\"")) {
                assertThat(code(protobuf.call(Request.Publish.of("any", Bytes.utf8(none)))))
                        .as(none)
                        .isEqualTo(107);
            }
        }
    }

    private static int code(Reply reply) {
        return reply instanceof Reply.Failed failed ? failed.error().code() : 0;
    }
}
