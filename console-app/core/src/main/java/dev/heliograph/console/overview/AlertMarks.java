package dev.heliograph.console.overview;

import dev.heliograph.console.alerts.Alert;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.workspace.Workspace;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Marks alerts: when each began to fire, as the Alertmanager says, and when it was seen to be over.
///
/// Asks an Alertmanager from its beginning to its end, whether anybody looks or not, as long as one is connected. While
/// it does not answer nothing is marked; what ended meanwhile is marked when it answers again. Alerts of one name and
/// severity that began in one moment are one mark. Threadsafe.
public final class AlertMarks implements AutoCloseable {

    /// Alerts last for minutes.
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(AlertMarks.class.getName());

    private final Workspace workspace;
    private final Function<URI, List<Alert>> alerts;
    private final Marks marks;
    private final Watch addresses;

    // Guarded by this.
    private Optional<URI> address = Optional.empty();
    private Optional<Watch> asking = Optional.empty();
    private Map<String, Alert> firing = Map.of();
    private boolean closed;

    /// @param address of the Alertmanager, while there is one
    /// @param alerts  asks one what fires; blocks, and throws an [AdminException]
    /// @param marks   where to
    public AlertMarks(
            Workspace workspace, Value<Optional<URI>> address, Function<URI, List<Alert>> alerts, Marks marks) {
        this.workspace = workspace;
        this.alerts = alerts;
        this.marks = marks;
        this.addresses = address.listen(this::take);
    }

    private synchronized void take(Optional<URI> next) {
        if (closed || next.equals(address)) {
            return;
        }
        stop();
        address = next;
        asking = next.map(uri -> workspace.background().every(PAUSE, () -> ask(uri)));
    }

    private void ask(URI uri) {
        try {
            List<Alert> alerts = this.alerts.apply(uri);
            marks.put(hear(uri, alerts, workspace.clock().instant()));
        } catch (AdminException e) {
            LOG.log(System.Logger.Level.INFO, "no alerts are marked: {0}", e.getMessage());
        }
    }

    /// @return what is to be marked
    private synchronized List<Mark> hear(URI uri, List<Alert> alerts, Instant now) {
        List<Mark> news = new ArrayList<>();
        if (address.filter(uri::equals).isEmpty()) {
            return news;
        }
        Map<String, Alert> next = new HashMap<>();
        alerts.forEach(alert -> next.put(key(alert), alert));
        next.forEach((key, alert) -> {
            if (!firing.containsKey(key)) {
                news.add(mark("alert:" + key, alert.since(), "fires", alert));
            }
        });
        firing.forEach((key, alert) -> {
            if (!next.containsKey(key)) {
                news.add(mark("over:" + key, now, "over", alert));
            }
        });
        firing = next;
        return news;
    }

    private static String key(Alert alert) {
        return alert.name() + "|" + alert.severity() + "|" + alert.since().toEpochMilli();
    }

    private static Mark mark(String id, Instant at, String what, Alert alert) {
        String detail = alert.summary().isEmpty()
                ? alert.severity()
                : alert.severity().isEmpty()
                        ? alert.summary()
                        : Messages.text("overview.mark.alert.detail", alert.severity(), alert.summary());
        return new Mark(id, at, Mark.Kind.ALERT, Messages.text("overview.mark.alert." + what, alert.name()), detail);
    }

    private void stop() {
        asking.ifPresent(Watch::close);
        asking = Optional.empty();
        firing = Map.of();
    }

    @Override
    public void close() {
        addresses.close();
        synchronized (this) {
            closed = true;
            stop();
        }
    }
}
