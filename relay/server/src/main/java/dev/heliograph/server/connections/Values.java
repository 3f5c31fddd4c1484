package dev.heliograph.server.connections;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The values of a query: reads numbers with their units, and writes values.
final class Values {

    /// Longer numbers are none.
    private static final int MAX_DIGITS = 64;

    private static final Pattern NUMBER = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([A-Za-z]*)");

    private static final Map<String, Double> BYTES = Map.of(
            "", 1.0,
            "b", 1.0,
            "kb", 1e3,
            "mb", 1e6,
            "gb", 1e9,
            "kib", 1024.0,
            "mib", 1024.0 * 1024,
            "gib", 1024.0 * 1024 * 1024);

    private static final Map<String, Double> MILLISECONDS =
            new LinkedHashMap<>(Map.of("ms", 1.0, "s", 1e3, "m", 60e3, "h", 3_600e3, "d", 86_400e3, "w", 7 * 86_400e3));

    private Values() {}

    static double number(Field field, Token token) {
        String text = token.text();
        if (text.length() > MAX_DIGITS) {
            throw new QueryException("the value of %s is too long".formatted(field.word()), token.position());
        }
        return switch (field.type()) {
            case BYTES -> bytes(field, token);
            case DURATION -> duration(field, token);
            default -> plain(field, token);
        };
    }

    private static double plain(Field field, Token token) {
        Matcher number = NUMBER.matcher(token.text());
        if (!number.matches() || !number.group(2).isEmpty()) {
            throw new QueryException(
                    "%s needs a number, not %s".formatted(field.word(), token.quoted()), token.position());
        }
        return Double.parseDouble(number.group(1));
    }

    private static double bytes(Field field, Token token) {
        Matcher number = NUMBER.matcher(token.text());
        Double unit = number.matches() ? BYTES.get(number.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new QueryException(
                    "%s needs bytes like 512, 64KiB, 1MB or 2GiB, not %s".formatted(field.word(), token.quoted()),
                    token.position());
        }
        return Double.parseDouble(number.group(1)) * unit;
    }

    /// One part or several, like `1h30m`.
    private static double duration(Field field, Token token) {
        Matcher part = NUMBER.matcher(token.text());
        double sum = 0;
        int at = 0;
        while (at < token.text().length()) {
            Double unit = part.region(at, token.text().length()).lookingAt()
                    ? MILLISECONDS.get(part.group(2).toLowerCase(Locale.ROOT))
                    : null;
            if (unit == null) {
                throw new QueryException(
                        "%s needs a duration like 500ms, 30s, 5m, 1h30m or 2d, not %s"
                                .formatted(field.word(), token.quoted()),
                        token.position());
            }
            sum += Double.parseDouble(part.group(1)) * unit;
            at = part.end();
        }
        return sum;
    }

    static String write(Field field, double value) {
        String number = BigDecimal.valueOf(value).toPlainString();
        return field.type() == Field.Type.DURATION ? number + "ms" : number;
    }

    /// In quotes, as the [Lexer] reads it.
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                quoted.append(c);
                c = text.charAt(++i);
            }
            if (c == '"') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
