package dev.heliograph.server.connections;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What a query can ask of a connection.
public enum Field {
    ID(Row::client),
    NODE(Row::nodeName),
    COLOUR(Row::colour),
    USER(Row::user),
    IP(Type.ADDRESS, Row::address),
    /// Has a subscription whose channel is like this. There may be many, so that nothing is sorted by it.
    CHANNEL(_ -> ""),
    /// The name of the client's library or application.
    CLIENT(Row::name),
    VERSION(Type.VERSION, Row::version),
    ENCODING(Row::encoding),
    TRANSPORT(Row::transport),
    TLS(Type.FLAG, Field::tls),
    /// The peer sends faster than it is served, and is not read from.
    PAUSED(Type.FLAG, Field::paused),
    /// Its age, since the connect request.
    CONNECTED(Type.DURATION, Row::ageMs),
    /// How long its token is still good; endless without an end.
    EXPIRES(Type.DURATION, Field::expires),
    SUBSCRIPTIONS(Type.NUMBER, Row::subscriptions),
    /// Bytes that the peer has not taken yet.
    QUEUE(Type.BYTES, Row::queueBytes),
    /// Messages a second from the client.
    IN_RATE(Type.NUMBER, Row::inRate),
    /// Messages a second to the client.
    OUT_RATE(Type.NUMBER, Row::outRate),
    IN_BYTES_RATE(Type.BYTES, Row::inBytesRate),
    OUT_BYTES_RATE(Type.BYTES, Row::outBytesRate),
    /// Messages since the handshake.
    IN_MESSAGES(Type.NUMBER, Row::messagesIn),
    OUT_MESSAGES(Type.NUMBER, Row::messagesOut),
    IN_BYTES(Type.BYTES, Row::bytesIn),
    OUT_BYTES(Type.BYTES, Row::bytesOut),
    /// Of the last ping and pong; unknown before.
    RTT(Type.DURATION, Field::roundTrip),
    /// Since the client said or was told something, pings and pongs aside.
    IDLE(Type.DURATION, Row::idleMs);

    /// How the values of a field are written and compared.
    enum Type {
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
    }

    private final Type type;

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final Function<Row, String> text;

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final ToDoubleFunction<Row> number;

    Field(Function<Row, String> text) {
        this(Type.TEXT, text);
    }

    Field(Type type, Function<Row, String> text) {
        this.type = type;
        this.text = text;
        this.number = _ -> 0;
    }

    Field(Type type, ToDoubleFunction<Row> number) {
        this.type = type;
        this.text = _ -> "";
        this.number = number;
    }

    private static String tls(Row row) {
        return Boolean.toString(row.tls());
    }

    private static String paused(Row row) {
        return Boolean.toString(row.readPaused());
    }

    private static double expires(Row row) {
        long readAt = row.connectedAt() + row.ageMs();
        return row.expireAt() == 0 ? Double.POSITIVE_INFINITY : row.expireAt() * 1_000.0 - readAt;
    }

    private static double roundTrip(Row row) {
        return row.rttMs() < 0 ? Double.NaN : row.rttMs();
    }

    Type type() {
        return type;
    }

    boolean sortable() {
        return this != CHANNEL;
    }

    /// The value of a field that is no number.
    String text(Row row) {
        return text.apply(row);
    }

    /// The value of a field that is a number: bytes, milliseconds, or how many; not a number if it is unknown.
    double number(Row row) {
        return number.applyAsDouble(row);
    }

    /// As it is written in a query.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Field> of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /// All of them, as they are written.
    public static List<String> words() {
        return Arrays.stream(values()).map(Field::word).toList();
    }
}
