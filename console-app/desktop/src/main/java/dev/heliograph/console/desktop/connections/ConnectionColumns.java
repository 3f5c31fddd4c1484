package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.connections.QueryField;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.table.LiveColumn;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.wire.GroupRow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// The columns of the list and of the groups. Those of the list have the words of the fields that they are sorted by as
/// their ids, those of groups the words of measures.
final class ConnectionColumns {

    /// So many bytes that a client has not taken are worth a look.
    private static final long MUCH = 64 * 1_024;

    /// So slow a round trip likewise.
    private static final int SLOW_MS = 500;

    private ConnectionColumns() {}

    static List<LiveColumn<ConnectionRow, ?>> list(Clock clock) {
        return List.of(
                LiveColumn.<ConnectionRow>status("state", text("connections.column.state"), ConnectionColumns::state)
                        .width(100),
                words(QueryField.USER, ConnectionRow::user).width(144).growing(),
                words(QueryField.IP, ConnectionRow::ip).width(134),
                words(QueryField.NODE, ConnectionRow::node).width(84),
                words(QueryField.CLIENT, ConnectionColumns::client).width(112),
                words(QueryField.CONNECTED, row -> age(row, clock)).width(98),
                measure(QueryField.RTT, ConnectionColumns::rtt, Formats::millis).width(72),
                measure(QueryField.QUEUE, ConnectionRow::queueBytes, Formats::bytes)
                        .width(80),
                measure(QueryField.IN_RATE, ConnectionRow::inRate, Formats::rate)
                        .width(72),
                measure(QueryField.OUT_RATE, ConnectionRow::outRate, Formats::rate)
                        .width(76),
                measure(QueryField.OUT_BYTES_RATE, ConnectionRow::outBytesRate, Formats::byteRate)
                        .width(96),
                measure(QueryField.IN_BYTES_RATE, ConnectionRow::inBytesRate, Formats::byteRate)
                        .width(96)
                        .hidden(),
                measure(QueryField.SUBSCRIPTIONS, ConnectionRow::subscriptions, Formats::number)
                        .width(72)
                        .hidden(),
                words(QueryField.IDLE, row -> Times.span(Duration.ofMillis(row.idleMs())))
                        .width(84)
                        .hidden(),
                words(QueryField.EXPIRES, row -> expires(row, clock)).width(96).hidden(),
                words(QueryField.COLOUR, ConnectionRow::colour).width(72).hidden(),
                words(QueryField.ENCODING, ConnectionRow::encoding).width(84).hidden(),
                words(QueryField.TLS, row -> text(row.tls() ? "connections.yes" : "connections.no"))
                        .width(64)
                        .hidden(),
                measure(QueryField.IN_MESSAGES, ConnectionRow::messagesIn, Formats::number)
                        .width(96)
                        .hidden(),
                measure(QueryField.OUT_MESSAGES, ConnectionRow::messagesOut, Formats::number)
                        .width(96)
                        .hidden(),
                measure(QueryField.IN_BYTES, ConnectionRow::bytesIn, Formats::bytes)
                        .width(84)
                        .hidden(),
                measure(QueryField.OUT_BYTES, ConnectionRow::bytesOut, Formats::bytes)
                        .width(84)
                        .hidden(),
                words(QueryField.ID, ConnectionRow::id).width(270).hidden());
    }

    static List<LiveColumn<GroupRow, ?>> groups() {
        return List.of(
                LiveColumn.<GroupRow>text("key", text("connections.column.group"), ConnectionColumns::key)
                        .width(220)
                        .growing(),
                group("connections", GroupRow::connections, Formats::number),
                group("queue", GroupRow::queueBytes, Formats::bytes),
                group("in_rate", GroupRow::inRate, Formats::rate),
                group("out_rate", GroupRow::outRate, Formats::rate),
                group("in_bytes_rate", GroupRow::inBytesRate, Formats::byteRate),
                group("out_bytes_rate", GroupRow::outBytesRate, Formats::byteRate));
    }

    /// A group without a key is of those who have no user, or told no name.
    static String key(GroupRow row) {
        return row.key().isEmpty() ? text("connections.group.none") : row.key();
    }

    private static LiveColumn<ConnectionRow, String> words(QueryField field, Function<ConnectionRow, String> value) {
        return LiveColumn.<ConnectionRow>text(field.word(), title(field), value).sorts();
    }

    private static LiveColumn<ConnectionRow, Double> measure(
            QueryField field, Function<ConnectionRow, ? extends Number> value, Function<Double, String> shown) {
        return LiveColumn.<ConnectionRow, Double>measure(
                        field.word(), title(field), row -> value.apply(row).doubleValue(), shown)
                .sorts();
    }

    private static LiveColumn<GroupRow, Double> group(
            String measure, Function<GroupRow, ? extends Number> value, Function<Double, String> shown) {
        return LiveColumn.<GroupRow, Double>measure(
                        measure,
                        text("connections.column." + measure),
                        row -> value.apply(row).doubleValue(),
                        shown)
                .width(110)
                .sorts();
    }

    private static String title(QueryField field) {
        return text("connections.column." + field.word());
    }

    /// What is worst about it.
    static Status state(ConnectionRow row) {
        if (row.readPaused()) {
            return Status.of(text("connections.state.paused"), Tone.WARNING);
        }
        if (row.queueBytes() >= MUCH) {
            return Status.of(text("connections.state.behind"), Tone.WARNING);
        }
        if (row.rttMs() != null && row.rttMs() >= SLOW_MS) {
            return Status.of(text("connections.state.slow"), Tone.WARNING);
        }
        return Status.of(text("connections.state.fine"), Tone.GOOD);
    }

    static String client(ConnectionRow row) {
        return (row.client() + " " + row.version()).strip();
    }

    static String age(ConnectionRow row, Clock clock) {
        return Times.span(Duration.ofMillis(clock.millis() - row.connectedAt()));
    }

    private static String expires(ConnectionRow row, Clock clock) {
        Long at = row.expiresAt();
        return at == null ? Formats.NONE : Times.span(Duration.ofMillis(at - clock.millis()));
    }

    private static double rtt(ConnectionRow row) {
        Integer rtt = row.rttMs();
        return rtt == null ? Double.NaN : rtt;
    }
}
