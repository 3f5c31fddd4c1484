package dev.heliograph.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.alerts.Alert;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.value.Value;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertMarksTest {

    private static final URI FIRST = URI.create("http://am-1:9093");
    private static final URI OTHER = URI.create("http://am-2:9093");

    private final TestWorkspace cluster = new TestWorkspace();
    private final Value<Optional<URI>> address = new Value<>(Optional.of(FIRST));
    private final Marks marks = new Marks(cluster.clock);
    private final Instant start = cluster.clock.instant();
    private List<Alert> firing = List.of();
    private boolean away;

    private AlertMarks follow() {
        return new AlertMarks(cluster.workspace(), address, _ -> alerts(), marks);
    }

    private void ask(Alert... alerts) {
        cluster.clock.pass(Duration.ofSeconds(10));
        firing = List.of(alerts);
        cluster.background.tick();
    }

    private Alert alert(String name, String instance, Instant since) {
        return new Alert(
                name + instance,
                Map.of("alertname", name, "severity", "page", "instance", instance),
                Map.of("summary", "Too many handshakes"),
                since,
                List.of(),
                List.of(),
                "");
    }

    private List<String> titles() {
        return marks.list().get().stream().map(Mark::title).toList();
    }

    @Test
    void anAlertIsMarkedWhenItFiresAndWhenItIsOver() {
        try (AlertMarks _ = follow()) {
            Instant since = start.minusSeconds(60);
            ask(alert("HandshakeFlood", "n1", since));
            ask(alert("HandshakeFlood", "n1", since));
            ask();

            assertThat(marks.list().get())
                    .containsExactly(
                            new Mark(
                                    "alert:HandshakeFlood|page|" + since.toEpochMilli(),
                                    since,
                                    Mark.Kind.ALERT,
                                    "HandshakeFlood fires",
                                    "page: Too many handshakes"),
                            new Mark(
                                    "over:HandshakeFlood|page|" + since.toEpochMilli(),
                                    start.plusSeconds(30),
                                    Mark.Kind.ALERT,
                                    "HandshakeFlood is over",
                                    "page: Too many handshakes"));
        }
        assertThat(cluster.background.pauses()).isEmpty();
    }

    @Test
    void whatBeganAtOnceOnManyNodesIsOneMark() {
        try (AlertMarks _ = follow()) {
            ask(alert("Slow", "n1", start), alert("Slow", "n2", start), alert("Slow", "n3", start.plusSeconds(5)));
            assertThat(titles()).containsExactly("Slow fires", "Slow fires");
            ask(alert("Slow", "n2", start), alert("Slow", "n3", start.plusSeconds(5)));
            assertThat(titles()).containsExactly("Slow fires", "Slow fires");
        }
    }

    @Test
    void whileItIsAwayNothingIsOver() {
        try (AlertMarks _ = follow()) {
            ask(alert("Slow", "n1", start));
            away = true;
            ask();
            assertThat(titles()).containsExactly("Slow fires");
            away = false;
            ask();
            assertThat(titles()).containsExactly("Slow fires", "Slow is over");
        }
    }

    @Test
    void whatAnotherAlertmanagerDoesNotKnowIsNotOver() {
        try (AlertMarks _ = follow()) {
            ask(alert("Slow", "n1", start));
            address.set(Optional.of(OTHER));
            ask();
            address.set(Optional.empty());
            assertThat(cluster.background.pauses()).isEmpty();
            assertThat(titles()).containsExactly("Slow fires");
        }
    }

    private List<Alert> alerts() {
        if (away) {
            throw new AdminException(AdminException.Kind.UNREACHABLE, "It does not answer.");
        }
        return firing;
    }
}
