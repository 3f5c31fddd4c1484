package dev.heliograph.drill;

import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Time in drills: everything is scraped every second, and what rules and queries wait for or look back at is a
/// tenth of
/// what it is in production, so that a drill takes minutes. Thresholds stay as they are.
final class Haste {

    private static final int FACTOR = 10;

    /// A rate needs some scrapes.
    private static final Duration SHORTEST_RANGE = Duration.ofSeconds(10);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(2);

    private static final Pattern RANGE = Pattern.compile("\\[(\\d+)([smhd])(:[0-9smhd]*)?]");
    private static final Pattern OFFSET = Pattern.compile("\\boffset (\\d+)([smhd])");
    private static final Pattern FOR = Pattern.compile("(?m)^(\\s+for: )(\\d+)([smhd])$");
    private static final Pattern INTERVAL = Pattern.compile("(scrape_interval|evaluation_interval): \\w+");
    private static final Pattern PATIENT = Pattern.compile("scrape_interval: 1s(\\s+)scrape_timeout: 2500ms");
    private static final Pattern TIMEOUT = Pattern.compile("scrape_timeout: \\w+");

    private Haste() {}

    /// A query with shorter ranges and offsets.
    static String query(String promql) {
        String ranges = RANGE.matcher(promql)
                .replaceAll(match -> Matcher.quoteReplacement(
                        "[" + shorter(match, 1, SHORTEST_RANGE) + (match.group(3) == null ? "" : ":") + "]"));
        return OFFSET.matcher(ranges).replaceAll(match -> "offset " + shorter(match, 1, SHORTEST_WAIT));
    }

    /// A file of rules with shorter waits, ranges and offsets.
    static String rules(String yaml) {
        return FOR.matcher(query(yaml)).replaceAll(match -> match.group(1) + shorter(match, 2, SHORTEST_WAIT));
    }

    /// A configuration that scrapes and evaluates every second, but relays every three: that one hangs is known
    /// by the
    /// seconds that it does not answer.
    static String config(String yaml) {
        String often = INTERVAL.matcher(yaml).replaceAll("$1: 1s");
        int relays = often.indexOf("job_name: relay");
        int next = often.indexOf("job_name:", relays + 1);
        String patient = PATIENT.matcher(often.substring(relays, next))
                .replaceFirst("scrape_interval: 3s$1scrape_timeout: 2500ms");
        return often.substring(0, relays)
                + patient
                + TIMEOUT.matcher(often.substring(next)).replaceAll("scrape_timeout: 1s");
    }

    private static String shorter(MatchResult match, int group, Duration least) {
        long seconds = Long.parseLong(match.group(group))
                * switch (match.group(group + 1)) {
                    case "s" -> 1;
                    case "m" -> 60;
                    case "h" -> 3_600;
                    default -> 86_400;
                };
        return Math.max(least.toSeconds(), seconds / FACTOR) + "s";
    }
}
