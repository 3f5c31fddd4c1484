package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.websocket.RawWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A thousand connections on two nodes, and most of them are to go.
class MassDisconnectTest {

    @Test
    void aPreviewTouchesNothingAndTheCapHolds() {
        try (Nodes nodes = new Nodes(2)) {
            List<RawWebSocket> clients = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                clients.add(nodes.client(i % 2, i % 10 == 0 ? "spared" : "storm", "1." + i));
            }
            DisconnectRequest request = new DisconnectRequest(
                    "storm",
                    DisconnectRequest.Selection.query("user = storm order by version"),
                    DisconnectRequest.RECONNECT.code(),
                    "elsewhere please",
                    2_000,
                    600,
                    false,
                    Duration.ofMinutes(2),
                    "olga");
            DisconnectPreview preview = nodes.at(1).preview(request);
            assertThat(preview.matched()).isEqualTo(900);
            assertThat(preview.selected()).isEqualTo(600);
            assertThat(preview.takesMs()).isEqualTo(300);
            assertThat(preview.examples()).hasSize(DisconnectPreview.MAX_EXAMPLES);
            assertThat(preview.examples().getFirst().version()).isEqualTo("1.1");
            assertThat(nodes.at(0).list("", 1, "").matched()).isEqualTo(1_000);

            nodes.at(0).disconnect(request);
            DisconnectStatus done = await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> nodes.at(1).operation("storm").orElseThrow(),
                            status -> status.state() != DisconnectStatus.State.RUNNING);
            assertThat(done.state()).isEqualTo(DisconnectStatus.State.DONE);
            assertThat(done.matched()).isEqualTo(900);
            assertThat(done.told()).isEqualTo(600);
            assertThat(done.gone()).isZero();
            assertThat(done.failures()).isEmpty();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> nodes.at(1).list("", 1, "").matched() == 400);
            assertThat(nodes.at(0).list("user = spared", 1, "").matched()).isEqualTo(100);
            // The first in the order that was asked for are gone: versions 1.1 to 1.666.
            assertThat(nodes.at(0)
                            .list("user = storm order by version", 1, "")
                            .rows()
                            .getFirst()
                            .version())
                    .isEqualTo("1.667");
            var frames = clients.get(1).readToEnd();
            assertThat(frames.getLast().closeCode()).isEqualTo(3011);
            assertThat(frames.getLast().closeReason()).isEqualTo("elsewhere please");
        }
    }
}
