package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/metrics.md` lists what relays expose: all of it, and nothing else.
class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "metrics.md");
    private static final String BEGIN = "<!-- generated: the relay's own -->\n";
    private static final String END = "<!-- generated: end -->\n";

    /// A row of the table of the JVM; one with an asterisk is not always there.
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)`(\\*?) \\|");

    private static Map<String, Scrape.Family> exposed() throws IOException {
        Map<String, Scrape.Family> all = new TreeMap<>();
        try (RedisServer redis = RedisServer.start()) {
            for (String broker :
                    new String[] {"", "broker: {type: redis, redis: {address: ['%s']}}\n".formatted(redis.address())}) {
                RelayConfig config = RelayConfig.parse("""
                        http_server: {address: 127.0.0.1, port: 0}
                        metrics: {enabled: true, port: 0}
                        client: {insecure: true}
                        control: {directory: ''}
                        admin: {enabled: true, port: 0}
                        """ + broker);
                try (Relay relay = Relay.start(config);
                        WireClient _ = WireClient.connected(relay.port(), Encoding.JSON)) {
                    all.putAll(Scrape.of(relay.metricsPort().orElseThrow()).families());
                }
            }
        }
        return all;
    }

    @Test
    void thePageListsWhatIsExposedAndNothingElse() throws IOException {
        Map<String, Scrape.Family> exposed = exposed();
        String page = Files.readString(PAGE);
        String table = exposed.values().stream()
                .filter(family -> family.name().startsWith("heliograph_"))
                .map(MetricsPageTest::row)
                .collect(Collectors.joining("", "| name | type | labels | meaning |\n|---|---|---|---|\n", ""));
        String written =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("metrics.write")) {
            Files.writeString(PAGE, written);
            page = written;
        }
        assertThat(page)
                .as("mvn -pl relay/conformance -am test -Dtest=MetricsPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dmetrics.write=true writes the table anew")
                .isEqualTo(written);

        TreeSet<String> always = new TreeSet<>();
        TreeSet<String> sometimes = new TreeSet<>();
        Matcher row = ROW.matcher(page.substring(page.indexOf(END)));
        while (row.find()) {
            (row.group(2).isEmpty() ? always : sometimes).add(row.group(1));
        }
        TreeSet<String> others = exposed.keySet().stream()
                .filter(name -> !name.startsWith("heliograph_"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(others).containsAll(always);
        others.removeAll(always);
        assertThat(sometimes).containsAll(others);
    }

    private static String row(Scrape.Family family) {
        String labels = family.labels().stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |\n".formatted(family.name(), family.type(), labels, family.help());
    }

    @Test
    void everyMetricIsExplainedInSentences() throws IOException {
        assertThat(exposed().values().stream().filter(family -> family.name().startsWith("heliograph_")))
                .isNotEmpty()
                .allSatisfy(family -> assertThat(family.help()).endsWith(".").doesNotContain("|"));
    }
}
