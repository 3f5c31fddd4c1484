package dev.heliograph.server.connections;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/// Where a page ended: the order and the place of its last row. The next page begins behind that place, whatever
/// came or went meanwhile; a connection whose value changes between two pages may be on both or on none.
record Cursor(Order order, Key last) {

    /// Characters of a cursor.
    private static final int MAX_LENGTH = 4_096;

    String write() {
        String text = String.join(
                "\n",
                order.field().word(),
                order.descending() ? "desc" : "asc",
                last.client(),
                Long.toHexString(Double.doubleToLongBits(last.number())),
                last.text());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /// @throws IllegalArgumentException if it is none, or of another order
    static Key read(String cursor, Order order) {
        if (cursor.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the cursor is too long");
        }
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("this is no cursor", e);
        }
        String[] parts = text.split("\n", 5);
        if (parts.length < 5) {
            throw new IllegalArgumentException("this is no cursor");
        }
        if (!parts[0].equals(order.field().word()) || parts[1].equals("desc") != order.descending()) {
            throw new IllegalArgumentException("the cursor is of another order than '" + order + "'");
        }
        try {
            double number = Double.longBitsToDouble(Long.parseUnsignedLong(parts[3], 16));
            return new Key(number, parts[4], parts[2]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("this is no cursor", e);
        }
    }
}
