package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.testkit.RelayProcess;
import io.github.centrifugal.centrifuge.ConnectingEvent;
import java.io.BufferedReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the SDKs see when an operator ends the relay.
class SdkShutdownTest {

    @Test
    void everySdkSees3001WhenTheRelayIsTerminated() throws Exception {
        try (RelayProcess relay = SdkWorld.another();
                JavaClient java = new JavaClient(relay, _ -> {})) {
            Process json = NodeScript.start("shutdown.mjs", List.of("json", relay.url()), Map.of());
            Process protobuf = NodeScript.start("shutdown.mjs", List.of("protobuf", relay.url()), Map.of());
            try (BufferedReader ofJson = json.inputReader();
                    BufferedReader ofProtobuf = protobuf.inputReader()) {
                java.connect();
                assertThat(ofJson.readLine()).isEqualTo("connected");
                assertThat(ofProtobuf.readLine()).isEqualTo("connected");
                relay.terminate();
                ConnectingEvent event = java.seen().next(ConnectingEvent.class, each -> each.getCode() != 0);
                assertThat(event.getCode()).isEqualTo(3001);
                assertThat(event.getReason()).isEqualTo("shutdown");
                assertThat(ofJson.readLine()).isEqualTo("3001 shutdown");
                assertThat(ofProtobuf.readLine()).isEqualTo("3001 shutdown");
                assertThat(relay.awaitEnd()).isZero();
            } finally {
                json.destroy();
                protobuf.destroy();
            }
        }
    }
}
