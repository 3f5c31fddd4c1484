package dev.heliograph.cli.init;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Answers as they are written, in an option or at a prompt. What is wrong is an [IllegalArgumentException] whose
/// message
/// says why.
final class Written {

    /// The answer for a Redis on hosts of the inventory.
    static final String SELF_HOSTED = "self-hosted";

    /// The answer for a list that is not known yet.
    static final String NONE = "none";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern LATENCY = Pattern.compile("(\\d{1,6})(ms|s)");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern ORIGIN = Pattern.compile("[a-z][-+.a-z0-9]*://[-*.:\\[\\]a-zA-Z0-9]+");
    private static final Pattern USER = Pattern.compile("[-_.a-zA-Z0-9]*");

    private Written() {}

    static Purpose purpose(String text) {
        return one(text, Purpose.values(), Purpose::text);
    }

    static Guarantee guarantee(String text) {
        return one(text, Guarantee.values(), Guarantee::text);
    }

    /// The values of a choice, as they are written.
    static <E> String choices(E[] values, Function<E, String> written) {
        return Arrays.stream(values).map(written).collect(Collectors.joining(", "));
    }

    private static <E> E one(String text, E[] values, Function<E, String> written) {
        return Arrays.stream(values)
                .filter(each -> written.apply(each).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> wrong(text, "is none of " + choices(values, written)));
    }

    static int connections(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw wrong(text, "is not a number of connections such as 20000");
        }
        int connections = Integer.parseInt(text);
        if (connections < 1 || connections > Answers.MAX_CONNECTIONS) {
            throw wrong(text, "is not between 1 and " + Answers.MAX_CONNECTIONS);
        }
        return connections;
    }

    static Duration latency(String text) {
        Matcher latency = LATENCY.matcher(text);
        if (!latency.matches() || Integer.parseInt(latency.group(1)) == 0) {
            throw wrong(text, "is not a duration such as 200ms or 2s");
        }
        int number = Integer.parseInt(latency.group(1));
        return latency.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }

    static List<String> hosts(String text) {
        List<String> hosts = list(text);
        for (String host : hosts) {
            if (!IPV4.matcher(host).matches()) {
                throw wrong(host, "is not an IPv4 address; Redis is announced by address, not by name");
            }
        }
        if (new HashSet<>(hosts).size() < hosts.size()) {
            throw wrong(text, "has an address twice");
        }
        return hosts;
    }

    static List<String> origins(String text) {
        List<String> origins = list(text);
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw wrong(origin, "is not an origin such as https://app.example.com");
            }
        }
        return origins;
    }

    static Optional<ManagedRedis> redis(String text) {
        if (text.equalsIgnoreCase(SELF_HOSTED)) {
            return Optional.empty();
        }
        URI uri = uri(text);
        String user = Optional.ofNullable(uri.getUserInfo()).orElse("");
        if (user.contains(":")) {
            // The text is not shown: it has the password.
            throw new IllegalArgumentException("a password does not belong here; the next steps say where it goes");
        }
        String path = Optional.ofNullable(uri.getPath()).orElse("");
        boolean tls = "rediss".equals(uri.getScheme());
        if (uri.getHost() == null
                || !(tls || "redis".equals(uri.getScheme()))
                || !USER.matcher(user).matches()
                || !(path.isEmpty() || path.equals("/"))
                || uri.getPort() > 65_535
                || uri.getQuery() != null
                || uri.getFragment() != null) {
            throw noRedis();
        }
        return Optional.of(
                new ManagedRedis(uri.getHost() + ":" + (uri.getPort() < 1 ? 6379 : uri.getPort()), tls, user));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            throw noRedis();
        }
    }

    /// Does not show what was written, since that may have a password.
    private static IllegalArgumentException noRedis() {
        return new IllegalArgumentException(
                "is neither " + SELF_HOSTED + " nor redis://HOST:PORT or, with TLS, rediss://HOST:PORT");
    }

    private static List<String> list(String text) {
        if (text.equalsIgnoreCase(NONE)) {
            return List.of();
        }
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("'" + text + "' " + why);
    }
}
