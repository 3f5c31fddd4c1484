package dev.heliograph.console.connections;

import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.ConnectionRow;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// A field of the language of docs/connections.md: its values, and how rows are ordered by it.
public enum QueryField {
    ID(Type.TEXT, ConnectionRow::id),
    USER(Type.TEXT, ConnectionRow::user),
    IP(Type.ADDRESS, ConnectionRow::ip),
    NODE(Type.TEXT, ConnectionRow::node),
    COLOUR(Type.TEXT, ConnectionRow::colour),
    /// A connection may have many, so that nothing is ordered by it.
    CHANNEL(Type.TEXT, QueryField::none),
    CLIENT(Type.TEXT, ConnectionRow::client),
    VERSION(Type.VERSION, ConnectionRow::version),
    ENCODING(Type.TEXT, ConnectionRow::encoding),
    TRANSPORT(Type.TEXT, ConnectionRow::transport),
    TLS(Type.FLAG, QueryField::tls),
    PAUSED(Type.FLAG, QueryField::paused),
    CONNECTED(Type.DURATION, QueryField::age),
    EXPIRES(Type.DURATION, QueryField::expires),
    IDLE(Type.DURATION, ConnectionRow::idleMs),
    RTT(Type.DURATION, QueryField::roundTrip),
    SUBSCRIPTIONS(Type.NUMBER, ConnectionRow::subscriptions),
    QUEUE(Type.BYTES, ConnectionRow::queueBytes),
    IN_RATE(Type.NUMBER, ConnectionRow::inRate),
    OUT_RATE(Type.NUMBER, ConnectionRow::outRate),
    IN_BYTES_RATE(Type.BYTES, ConnectionRow::inBytesRate),
    OUT_BYTES_RATE(Type.BYTES, ConnectionRow::outBytesRate),
    IN_MESSAGES(Type.NUMBER, ConnectionRow::messagesIn),
    OUT_MESSAGES(Type.NUMBER, ConnectionRow::messagesOut),
    IN_BYTES(Type.BYTES, ConnectionRow::bytesIn),
    OUT_BYTES(Type.BYTES, ConnectionRow::bytesOut);

    /// How the values of a field are written and compared.
    public enum Type {
        TEXT,
        ADDRESS,
        VERSION,
        FLAG,
        NUMBER,
        BYTES,
        DURATION;

        boolean numeric() {
            return this == NUMBER || this == BYTES || this == DURATION;
        }

        /// What may stand behind a field of this type.
        List<String> operators() {
            return numeric() || this == VERSION
                    ? List.of("=", "!=", "<", "<=", ">", ">=", "in")
                    : List.of("=", "!=", "in", "not in");
        }

        /// Values that show how they are written.
        List<String> examples() {
            return switch (this) {
                case ADDRESS -> List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32");
                case VERSION -> List.of("5.2", "5.*");
                case FLAG -> List.of("true", "false");
                case NUMBER -> List.of("1", "10", "100");
                case BYTES -> List.of("64KiB", "1MiB", "512");
                case DURATION -> List.of("500ms", "30s", "5m", "1h30m", "1d");
                case TEXT -> List.of();
            };
        }
    }

    private final Type type;

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final Function<ConnectionRow, String> text;

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final ToDoubleFunction<ConnectionRow> number;

    QueryField(Type type, Function<ConnectionRow, String> text) {
        this.type = type;
        this.text = text;
        this.number = _ -> 0;
    }

    QueryField(Type type, ToDoubleFunction<ConnectionRow> number) {
        this.type = type;
        this.text = _ -> "";
        this.number = number;
    }

    private static String none(ConnectionRow row) {
        return "";
    }

    private static String tls(ConnectionRow row) {
        return Boolean.toString(row.tls());
    }

    private static String paused(ConnectionRow row) {
        return Boolean.toString(row.readPaused());
    }

    private static double age(ConnectionRow row) {
        return -row.connectedAt();
    }

    private static double expires(ConnectionRow row) {
        return orElse(row.expiresAt(), Double.POSITIVE_INFINITY);
    }

    private static double roundTrip(ConnectionRow row) {
        return orElse(row.rttMs(), Double.NaN);
    }

    private static double orElse(@Nullable Number value, double otherwise) {
        return value == null ? otherwise : value.doubleValue();
    }

    public Type type() {
        return type;
    }

    /// As it is written in a query.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What it means, in a few words.
    public String meaning() {
        return Messages.text("connections.field." + word());
    }

    public boolean sortable() {
        return this != CHANNEL;
    }

    /// The value of a field that is no number.
    String textOf(ConnectionRow row) {
        return text.apply(row);
    }

    public static Optional<QueryField> of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /// The order of the relay: those of one value by their ids, those of an unknown value last.
    Comparator<ConnectionRow> order(boolean descending) {
        Comparator<ConnectionRow> byValue = switch (type) {
            case NUMBER, BYTES, DURATION -> Comparator.comparingDouble(number);
            case VERSION -> Comparator.comparing(text, Versions::compare);
            case ADDRESS -> Comparator.comparing(row -> Addresses.sortable(text.apply(row)));
            case TEXT, FLAG -> Comparator.comparing(text);
        };
        Comparator<ConnectionRow> known = Comparator.comparing(row -> Double.isNaN(number.applyAsDouble(row)));
        return known.thenComparing(descending ? byValue.reversed() : byValue).thenComparing(ConnectionRow::id);
    }
}
