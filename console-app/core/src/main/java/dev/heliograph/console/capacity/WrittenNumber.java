package dev.heliograph.console.capacity;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers as people write them: `10000`, `10,000`, `10 000`, `1.5`, `200k`, `1.2M`.
final class WrittenNumber {

    /// A comma stands between groups of three digits only: what `0,5` means depends on who reads it.
    private static final Pattern NUMBER =
            Pattern.compile("(-?(?:\\d+|\\d{1,3}(?:[, _]\\d{3})+)(?:\\.\\d+)?|-?\\.\\d+) ?([kM]?)");

    private WrittenNumber() {}

    static Optional<Double> read(String text) {
        Matcher number = NUMBER.matcher(text.strip());
        if (!number.matches()) {
            return Optional.empty();
        }
        int zeros = switch (number.group(2)) {
            case "k" -> 3;
            case "M" -> 6;
            default -> 0;
        };
        BigDecimal digits = new BigDecimal(number.group(1).replaceAll("[, _]", ""));
        return Optional.of(digits.scaleByPowerOfTen(zeros).doubleValue());
    }

    /// So that [#read] reads the same: with commas from 10,000 on.
    static String write(double number) {
        String plain = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        return whole.length() < 5
                ? plain
                : whole.replaceAll("\\B(?=(\\d{3})+$)", ",") + (point < 0 ? "" : plain.substring(point));
    }
}
