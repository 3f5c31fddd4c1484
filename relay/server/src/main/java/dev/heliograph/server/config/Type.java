package dev.heliograph.server.config;

import java.net.URI;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// How the value of a key is written, and which values it may have.
sealed interface Type {

    /// Reads a value.
    ///
    /// @throws Malformed if the text is none
    Object parse(String text) throws Malformed;

    /// For the reference, to complete "a value is ...".
    String description();

    /// A text that is not a value, and why.
    final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /// Any text: a `String`.
    record Text() implements Type {
        @Override
        public String parse(String text) {
            return text;
        }

        @Override
        public String description() {
            return "text";
        }
    }

    /// One of some words: a `String`.
    record Words(List<String> words) implements Type {
        static Words of(String... words) {
            return new Words(List.of(words));
        }

        @Override
        public String parse(String text) throws Malformed {
            if (!words.contains(text)) {
                throw new Malformed("'" + text + "' is none of " + description());
            }
            return text;
        }

        @Override
        public String description() {
            return String.join(
                    ", ",
                    words.stream()
                            .map(word -> word.isEmpty() ? "(empty)" : word)
                            .toList());
        }
    }

    /// A public key that verifies tokens, in PEM, or empty: a `String`.
    record PublicKeyPem(String algorithm, Class<? extends PublicKey> type) implements Type {
        static final PublicKeyPem RSA = new PublicKeyPem("RSA", RSAPublicKey.class);
        static final PublicKeyPem EC = new PublicKeyPem("EC", ECPublicKey.class);

        @Override
        public String parse(String text) throws Malformed {
            if (text.isEmpty()) {
                return text;
            }
            try {
                PublicKey key = Pem.publicKey(text, algorithm, type);
                if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < Pem.MIN_RSA_BITS) {
                    throw new Malformed("an RSA key needs at least " + Pem.MIN_RSA_BITS + " bits");
                }
                return text;
            } catch (IllegalArgumentException e) {
                throw new Malformed(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public String description() {
            return "PEM";
        }
    }

    /// A regular expression, or empty: a `String`.
    record Regex() implements Type {
        @Override
        public String parse(String text) throws Malformed {
            try {
                Pattern.compile(text);
                return text;
            } catch (PatternSyntaxException e) {
                throw new Malformed("'" + text + "' is not a regular expression: " + e.getDescription());
            }
        }

        @Override
        public String description() {
            return "regular expression";
        }
    }

    /// The path of an endpoint: a `String`.
    record HttpPath() implements Type {
        private static final Pattern PATH = Pattern.compile("(/[-._~a-zA-Z0-9]+)+");

        @Override
        public String parse(String text) throws Malformed {
            if (!PATH.matcher(text).matches()) {
                throw new Malformed("'" + text + "' is not a path such as /api");
            }
            return text;
        }

        @Override
        public String description() {
            return "path";
        }
    }

    /// An address of a web resource, or empty: a `String`.
    record Url() implements Type {
        @Override
        public String parse(String text) throws Malformed {
            if (!text.isEmpty() && !isUrl(text)) {
                // The text is not shown: an address may carry a password.
                throw new Malformed("is not a URL that begins with https:// or http://");
            }
            return text;
        }

        private static boolean isUrl(String text) {
            try {
                URI uri = URI.create(text);
                return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
            } catch (IllegalArgumentException _) {
                return false;
            }
        }

        @Override
        public String description() {
            return "URL";
        }
    }

    /// A `Boolean`.
    record Flag() implements Type {
        @Override
        public Boolean parse(String text) throws Malformed {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new Malformed("'" + text + "' is neither true nor false");
            };
        }

        @Override
        public String description() {
            return "true or false";
        }
    }

    /// A whole number within bounds: an `Integer`.
    record Whole(int min, int max) implements Type {
        @Override
        public Integer parse(String text) throws Malformed {
            int number;
            try {
                number = Integer.parseInt(text);
            } catch (NumberFormatException _) {
                throw new Malformed("'" + text + "' is not a whole number in " + bounds());
            }
            if (number < min || number > max) {
                throw new Malformed(number + " is not in " + bounds());
            }
            return number;
        }

        private String bounds() {
            return min + ".." + max;
        }

        @Override
        public String description() {
            return max == Integer.MAX_VALUE ? "number, from " + min : "number, " + bounds();
        }
    }

    /// A time of at least some length: a `Duration`.
    record Time(Duration min) implements Type {
        private static final Pattern PART = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");
        private static final Map<String, Duration> UNITS = Map.of(
                "ms", Duration.ofMillis(1),
                "s", Duration.ofSeconds(1),
                "m", Duration.ofMinutes(1),
                "h", Duration.ofHours(1),
                "d", Duration.ofDays(1));

        /// What fits a timer's nanoseconds with room to add.
        private static final Duration MAX = Duration.ofDays(36_500);

        static Time any() {
            return new Time(Duration.ZERO);
        }

        static Time positive() {
            return new Time(Duration.ofMillis(1));
        }

        @Override
        public Duration parse(String text) throws Malformed {
            Duration sum = Duration.ZERO;
            Matcher part = PART.matcher(text);
            int end = 0;
            while (part.lookingAt()) {
                Duration unit = UNITS.getOrDefault(part.group(2), Duration.ZERO);
                sum = min(MAX, sum.plus(times(unit, Long.parseLong(part.group(1)))));
                end = part.end();
                part.region(end, text.length());
            }
            if (!text.equals("0") && (end == 0 || end < text.length())) {
                throw new Malformed("'" + text + "' is not a duration such as 500ms, 25s or 1h30m");
            }
            if (sum.compareTo(min) < 0 || sum.compareTo(MAX) >= 0) {
                throw new Malformed("'" + text + "' is too " + (sum.compareTo(min) < 0 ? "short" : "long"));
            }
            return sum;
        }

        private static Duration times(Duration unit, long count) {
            return count > MAX.dividedBy(unit) ? MAX : unit.multipliedBy(count);
        }

        private static Duration min(Duration a, Duration b) {
            return a.compareTo(b) < 0 ? a : b;
        }

        @Override
        public String description() {
            return min.isZero() ? "duration" : "duration, above 0s";
        }
    }

    /// A number of bytes within bounds: a `Long`.
    record Size(long min, long max) implements Type {
        private static final Pattern SIZE = Pattern.compile("(\\d{1,18}) ?(b|kb|kib|mb|mib|gb|gib)?");
        private static final Map<String, Long> UNITS = Map.of(
                "b", 1L,
                "kb", 1_000L,
                "kib", 1L << 10,
                "mb", 1_000_000L,
                "mib", 1L << 20,
                "gb", 1_000_000_000L,
                "gib", 1L << 30);

        @Override
        public Long parse(String text) throws Malformed {
            Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new Malformed("'" + text + "' is not a size such as 65536 or 64KiB");
            }
            long unit = UNITS.getOrDefault(matcher.group(2) == null ? "b" : matcher.group(2), 1L);
            long count = Long.parseLong(matcher.group(1));
            if (count > max / unit || count * unit < min) {
                throw new Malformed("'" + text + "' is not in " + min + ".." + max + " bytes");
            }
            return count * unit;
        }

        @Override
        public String description() {
            return "size";
        }
    }

    /// Several texts, as a list or with commas between them: a [TextList].
    record Texts() implements Type {
        @Override
        public TextList parse(String text) {
            return new TextList(Stream.of(text.split(",", -1))
                    .map(String::strip)
                    .filter(each -> !each.isEmpty())
                    .toList());
        }

        @Override
        public String description() {
            return "list of texts";
        }
    }

    /// What [Texts] reads.
    record TextList(List<String> texts) {}
}
