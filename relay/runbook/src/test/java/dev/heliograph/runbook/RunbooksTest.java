package dev.heliograph.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The runbooks of this repository are what runbooks/README.md says that they are.
final class RunbooksTest {

    private static final Path FOLDER = Path.of("../../runbooks");
    private static final Path RULES = Path.of("../../grafana/prometheus/rules");
    private static final Path PLAYBOOKS = Path.of("../../ansible");

    private static final List<String> REST = List.of("Diagnosis", "Mitigation", "Verification", "Escalation");
    private static final List<String> FOR_ALERTS = List.of("Meaning", "Impact");
    private static final List<String> PROCEDURE = List.of("Purpose", "Before you begin");

    /// Metrics that are not ours: of exporters, of Prometheus, and what playbooks write.
    private static final List<String> OTHERS = List.of(
            "redis_",
            "haproxy_",
            "node_",
            "prometheus_",
            "alertmanager_",
            "heliograph_deploy_",
            "heliograph_fleet_",
            "heliograph_drill_");

    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "up", "ALERTS");

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern SELECTOR = Pattern.compile("\\{[^{}]*\\}");
    private static final Pattern LABELS =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right) *\\([^()]*\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.:])[A-Za-z_:][\\w:]*(?! *\\(|[\\w:])");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.endsWith("README.md"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Runbook read(Path file) throws IOException {
        return RunbookParser.parse(String.valueOf(file.getFileName()), Files.readString(file));
    }

    @Test
    void thereAreAllThatAreNeeded() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(49);
        assertThat(RunbookLint.check(FOLDER, List.of(), Optional.empty())).isEmpty();
    }

    /// As far as these folders are there: they are built by others.
    @Test
    void theyFitToRulesAndPlaybooks() throws IOException {
        List<Path> rules = List.of();
        if (Files.isDirectory(RULES)) {
            try (Stream<Path> all = Files.list(RULES)) {
                rules = all.filter(file -> file.toString().endsWith(".yaml"))
                        .sorted()
                        .toList();
            }
        }
        Optional<Path> playbooks =
                Optional.of(PLAYBOOKS).filter(folder -> Files.isRegularFile(folder.resolve("site.yml")));
        assertThat(RunbookLint.check(FOLDER, rules, playbooks)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void itHasItsSectionsInTheirOrder(Path file) throws IOException {
        Runbook runbook = read(file);
        List<String> sections = Stream.concat((runbook.isProcedure() ? PROCEDURE : FOR_ALERTS).stream(), REST.stream())
                .toList();
        assertThat(headings(runbook.document(), 2)).isEqualTo(sections);
        assertThat(headings(runbook.document(), 1)).containsExactly(runbook.title());
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatChangesSomethingHasACheck(Path file) throws IOException {
        assertThat(read(file).steps())
                .filteredOn(step -> step.stepClass() != StepClass.READ)
                .allSatisfy(step -> assertThat(step.after()).as(step.id()).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("files")
    void itLooksActsAndSeesWhetherItHelped(Path file) throws IOException {
        Map<String, List<Step>> sections = steps(read(file));
        assertThat(in(sections, "Diagnosis")).as("looks").anyMatch(step -> step.stepClass() == StepClass.READ);
        assertThat(in(sections, "Mitigation")).as("acts").isNotEmpty();
        assertThat(in(sections, "Verification")).as("sees").isNotEmpty();
        if (!read(file).isProcedure()) {
            assertThat(in(sections, "Diagnosis"))
                    .as("looks, no more")
                    .allMatch(step -> step.stepClass() == StepClass.READ);
            assertThat(in(sections, "Mitigation"))
                    .as("changes something")
                    .anyMatch(step -> step.stepClass() != StepClass.READ);
            assertThat(in(sections, "Verification"))
                    .as("has a check")
                    .anyMatch(step -> !step.after().isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void linksLeadSomewhere(Path file) throws IOException {
        assertThat(deadLinks(FOLDER, read(file).document())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void variablesAreUsed(Path file) throws IOException {
        Runbook runbook = read(file);
        Set<String> used = runbook.steps().stream()
                .flatMap(step -> step.variables().stream())
                .collect(Collectors.toSet());
        assertThat(runbook.variables()).extracting(Variable::name).isSubsetOf(used);
    }

    @ParameterizedTest
    @MethodSource("files")
    void metricsAreThere(Path file) throws IOException {
        Predicate<String> ours = documented();
        for (String query : queries(read(file))) {
            assertThat(metrics(query)).as(query).allMatch(ours.or(RunbooksTest::isOfOthers));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum by (node, outcome) (rate(a_total{outcome!=\"b_total\"}[1m])) / c_seconds | [a_total, c_seconds]",
                "histogram_quantile(0.99, sum by (le) (rate(d_bucket[5m]))) > 0 or vector(1) | [d_bucket]",
                "max(job:e:ratio_rate5m > 0) and on (node, job) group_left (x) f | [f, job:e:ratio_rate5m]",
                "up{job=\"{node}\"} == bool 1 offset 5m | [up]",
            })
    void metricsOfAQueryAreFound(String query, String names) {
        assertThat(metrics(query)).hasToString(names);
    }

    @Test
    void theReadmeKnowsAllRunbooksActionsAndMeasures() throws IOException {
        String readme = Files.readString(FOLDER.resolve("README.md"));
        assertThat(deadLinks(FOLDER, Parser.builder().build().parse(readme))).isEmpty();
        for (Path file : files().toList()) {
            Runbook runbook = read(file);
            assertThat(readme).contains("[" + runbook.id() + "](" + runbook.id() + ".md)");
            for (String alert : runbook.alerts()) {
                if (!alert.endsWith("Burn")) {
                    assertThat(readme).contains("`" + alert + "`");
                }
            }
        }
        Map<String, String> actions = new LinkedHashMap<>();
        for (ActionKind kind : ActionKind.values()) {
            actions.put(
                    kind.operation(),
                    kind.least().word() + " | "
                            + Stream.concat(
                                            kind.required().stream().map(each -> "`" + each + "`"),
                                            kind.optional().stream().map(each -> "[`" + each + "`]"))
                                    .collect(Collectors.joining(" ")));
        }
        Map<String, String> told = new LinkedHashMap<>();
        Pattern.compile("(?m)^\\| `([a-z_]+\\.?[a-z_]+)` \\| (read|mutate|destroy) \\| (.*?) ?\\|")
                .matcher(readme)
                .results()
                .forEach(row -> told.put(row.group(1), row.group(2) + " | " + row.group(3)));
        assertThat(told).containsExactlyInAnyOrderEntriesOf(actions);
        assertThat(Pattern.compile("(?m)^\\| `([a-z_]+)\\([A-Z]*\\)`")
                        .matcher(readme)
                        .results()
                        .map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Measure.values()).map(Measure::word).toList());
    }

    private static List<String> queries(Runbook runbook) {
        List<String> queries = new ArrayList<>();
        for (Step step : runbook.steps()) {
            if (step.action().kind() == ActionKind.PROMETHEUS_QUERY) {
                step.action().arguments().values().forEach(query -> queries.add(query.text()));
            }
            step.checks().stream()
                    .filter(check -> check.measure() == Measure.PROMETHEUS)
                    .forEach(check -> queries.add(check.arguments().getFirst().text()));
        }
        return queries;
    }

    private static Set<String> metrics(String query) {
        String bare = STRING.matcher(query).replaceAll("");
        for (Pattern noise : List.of(SELECTOR, LABELS, RANGE)) {
            bare = noise.matcher(bare).replaceAll(" ");
        }
        return NAME.matcher(bare)
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name) || name.equals("up") || name.equals("ALERTS"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOfOthers(String metric) {
        return WORDS.contains(metric) || metric.contains(":") || OTHERS.stream().anyMatch(metric::startsWith);
    }

    /// Whether docs/metrics.md has it; of a histogram also its parts.
    private static Predicate<String> documented() throws IOException {
        Set<String> names = Pattern.compile("`([a-z_]+)`")
                .matcher(Files.readString(Path.of("../../docs/metrics.md")))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
        return metric -> names.contains(metric) || names.contains(metric.replaceFirst("_(bucket|sum|count)$", ""));
    }

    private static List<Step> in(Map<String, List<Step>> sections, String section) {
        return sections.getOrDefault(section, List.of());
    }

    /// The steps by the section that they stand in.
    private static Map<String, List<Step>> steps(Runbook runbook) {
        Map<String, List<Step>> sections = new LinkedHashMap<>();
        String section = "";
        int next = 0;
        for (Node node = runbook.document().getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == 2) {
                section = text(heading);
            } else if (node instanceof FencedCodeBlock block && RunbookParser.STEP.equals(block.getInfo())) {
                sections.computeIfAbsent(section, _ -> new ArrayList<>())
                        .add(runbook.steps().get(next++));
            }
        }
        assertThat(next)
                .as("steps at the top of the page")
                .isEqualTo(runbook.steps().size());
        return sections;
    }

    private static List<String> deadLinks(Path folder, Node document) {
        List<String> dead = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                String to = link.getDestination();
                if (!to.contains(":") && !leadsSomewhere(folder, document, to)) {
                    dead.add(to);
                }
                visitChildren(link);
            }
        });
        return dead;
    }

    private static boolean leadsSomewhere(Path folder, Node document, String to) {
        int hash = to.indexOf('#');
        String file = hash < 0 ? to : to.substring(0, hash);
        Path path = folder.resolve(file);
        if (!file.isEmpty() && !Files.isRegularFile(path)) {
            return false;
        }
        if (hash < 0) {
            return true;
        }
        try {
            Node target = file.isEmpty() ? document : Parser.builder().build().parse(Files.readString(path));
            return Stream.of(1, 2, 3, 4)
                    .flatMap(level -> headings(target, level).stream())
                    .map(RunbooksTest::anchor)
                    .anyMatch(to.substring(hash + 1)::equals);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// As the viewers of Markdown make it of a heading.
    private static String anchor(String heading) {
        Matcher matcher = Pattern.compile("[^\\p{L}\\p{N} _-]").matcher(heading.toLowerCase(Locale.ROOT));
        return matcher.replaceAll("").replace(' ', '-');
    }

    private static List<String> headings(Node document, int level) {
        List<String> headings = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                if (heading.getLevel() == level) {
                    headings.add(text(heading));
                }
            }
        });
        return headings;
    }

    private static String text(Heading heading) {
        return TextContentRenderer.builder().build().render(heading).strip();
    }
}
