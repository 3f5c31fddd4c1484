package dev.heliograph.cli;

import dev.heliograph.protocol.StreamPosition;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How arguments are written.
public final class Conversions {

    private Conversions() {}

    /// `90s`, `10m`, `1h30m`: as in the configuration, in whole seconds.
    public static final class Time implements ITypeConverter<Duration> {

        private static final Pattern PART = Pattern.compile("(\\d{1,9})([smhd])");
        private static final Map<String, Integer> SECONDS = Map.of("s", 1, "m", 60, "h", 3_600, "d", 86_400);

        @Override
        public Duration convert(String text) {
            Duration sum = Duration.ZERO;
            Matcher part = PART.matcher(text);
            int end = 0;
            while (part.lookingAt()) {
                sum = sum.plusSeconds(Long.parseLong(part.group(1)) * SECONDS.getOrDefault(part.group(2), 0));
                end = part.end();
                part.region(end, text.length());
            }
            if (end == 0 || end < text.length()) {
                throw new TypeConversionException("'" + text + "' is not a duration such as 90s, 10m or 1h30m");
            }
            return sum;
        }
    }

    /// `OFFSET:EPOCH`, as [#write] has it.
    static final class Position implements ITypeConverter<StreamPosition> {

        private static final Pattern POSITION = Pattern.compile("(\\d+):(.*)");

        static String write(StreamPosition position) {
            return Long.toUnsignedString(position.offset()) + ":" + position.epoch();
        }

        @Override
        public StreamPosition convert(String text) {
            Matcher position = POSITION.matcher(text);
            if (!position.matches()) {
                throw new TypeConversionException("'" + text + "' is not a position such as 12:aBcD");
            }
            try {
                return new StreamPosition(Long.parseUnsignedLong(position.group(1)), position.group(2));
            } catch (NumberFormatException _) {
                throw new TypeConversionException("'" + position.group(1) + "' is too large for an offset");
            }
        }
    }
}
