package dev.heliograph.server.connections;

import dev.heliograph.server.ip.IpAddress;
import java.util.Comparator;
import java.util.HexFormat;

/// By which field connections are sorted; those of one value by their id, those of an unknown value last.
///
/// @param field one that can be sorted by
public record Order(Field field, boolean descending) implements Comparator<Key> {

    /// By id, if nothing else is asked for: the one order that never changes.
    static final Order DEFAULT = new Order(Field.ID, false);

    Key key(Row row) {
        return switch (field.type()) {
            case NUMBER, BYTES, DURATION -> new Key(number(row) + 0.0, "", row.client());
            case ADDRESS -> new Key(0, sortable(field.text(row)), row.client());
            case TEXT, VERSION, FLAG -> new Key(0, field.text(row), row.client());
        };
    }

    /// A text whose order is that of the addresses, IPv4 first.
    private static String sortable(String text) {
        HexFormat hex = HexFormat.of();
        return IpAddress.find(text)
                .map(each -> (each.isV4() ? "4" : "6") + hex.toHexDigits(each.high()) + hex.toHexDigits(each.low()))
                .orElse(text);
    }

    /// What does not change from one page to the next where there is such a thing: the moment instead of the
    /// time since.
    private double number(Row row) {
        return switch (field) {
            case CONNECTED -> -row.connectedAt();
            case EXPIRES -> row.expireAt() == 0 ? Double.POSITIVE_INFINITY : row.expireAt();
            default -> field.number(row);
        };
    }

    @Override
    public int compare(Key one, Key two) {
        boolean unknown = Double.isNaN(one.number());
        if (unknown != Double.isNaN(two.number())) {
            return unknown ? 1 : -1;
        }
        int order = switch (field.type()) {
            case NUMBER, BYTES, DURATION -> Double.compare(one.number(), two.number());
            case VERSION -> versions(one.text(), two.text());
            case TEXT, FLAG, ADDRESS -> one.text().compareTo(two.text());
        };
        if (order != 0) {
            return descending ? -order : order;
        }
        return one.client().compareTo(two.client());
    }

    /// Those that compare alike are told apart by how they are written, so that the order is total.
    private static int versions(String one, String two) {
        int order = VersionNumber.of(one).compareTo(VersionNumber.of(two));
        return order != 0 ? order : one.compareTo(two);
    }

    @Override
    public String toString() {
        return "order by " + field.word() + (descending ? " desc" : " asc");
    }
}
