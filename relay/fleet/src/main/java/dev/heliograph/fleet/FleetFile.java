package dev.heliograph.fleet;

import dev.heliograph.runbook.Spans;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads `fleet.yaml`. All that is wrong with it is told at once, with the lines that it stands at; a key that
/// is not known is wrong.
public final class FleetFile {

    private static final Set<String> KEYS = Set.of(
            "prometheus_url",
            "playbooks",
            "inventory",
            "program",
            "hosts",
            "min",
            "max",
            "target_connections",
            "target_cpu",
            "max_cpu",
            "cooldown_out",
            "cooldown_in",
            "interval",
            "textfile",
            "state",
            "webhook");
    private static final Set<String> WEBHOOK_KEYS = Set.of("address", "port", "token_file");

    /// No pattern of hosts, nothing that Ansible reads as more than a name.
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?");

    private static final int MOST_HOSTS = 1_000;

    private record Problem(int line, String sentence) {}

    private final List<Problem> problems = new ArrayList<>();
    private final Path folder;

    private FleetFile(Path folder) {
        this.folder = folder;
    }

    /// Paths in it are relative to its folder.
    ///
    /// @throws FleetException with all that is wrong with it
    public static FleetConfig read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new FleetException(
                    file + ": " + (Files.exists(file) ? "cannot be read: " + e.getMessage() : "no such file"), e);
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
        return parse(file.toString(), folder, text);
    }

    /// @param name   of the file, for sentences
    /// @param folder that paths are relative to
    static FleetConfig parse(String name, Path folder, String text) {
        FleetFile file = new FleetFile(folder);
        Optional<FleetConfig> config = file.root(text).map(file::config);
        if (!file.problems.isEmpty() || config.isEmpty()) {
            throw new FleetException(file.problems.stream()
                    .sorted((a, b) -> Integer.compare(a.line(), b.line()))
                    .map(problem -> "line " + problem.line() + ": " + problem.sentence())
                    .collect(Collectors.joining("; ", name + ": ", "")));
        }
        return config.get();
    }

    private Optional<Section> root(String text) {
        try {
            LoadSettings settings = LoadSettings.builder().build();
            Optional<Node> node =
                    new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text))).getSingleNode();
            if (node.isPresent() && node.get() instanceof MappingNode map) {
                return Optional.of(new Section("", map, KEYS));
            }
            problem(1, "a map of keys is expected");
        } catch (MarkedYamlEngineException e) {
            problem(line(e.getProblemMark()), e.getProblem());
        } catch (YamlEngineException e) {
            problem(1, String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
        return Optional.empty();
    }

    private FleetConfig config(Section root) {
        List<String> hosts = hosts(root);
        int min = (int) root.whole("min", 1, MOST_HOSTS, 1);
        int max = (int) root.whole("max", 1, MOST_HOSTS, MOST_HOSTS);
        if (root.has("min") && root.has("max") && min > max) {
            root.wrong("max", "max is less than min");
        }
        if (root.has("max") && !hosts.isEmpty() && max > hosts.size()) {
            root.wrong("max", "max is more than there are hosts");
        }
        double targetCpu = root.share("target_cpu", 0.6);
        double maxCpu = root.share("max_cpu", Math.max(0.9, targetCpu));
        if (maxCpu < targetCpu) {
            root.wrong(root.has("max_cpu") ? "max_cpu" : "target_cpu", "max_cpu is less than target_cpu");
        }
        return new FleetConfig(
                url(root),
                root.path("playbooks"),
                root.path("inventory"),
                root.text("program", "ansible-playbook"),
                hosts,
                min,
                max,
                root.whole("target_connections", 1, 100_000_000, 1),
                targetCpu,
                maxCpu,
                root.span("cooldown_out", Duration.ofSeconds(300)),
                root.span("cooldown_in", Duration.ofSeconds(900)),
                root.span("interval", Duration.ofSeconds(30)),
                root.path("textfile"),
                root.path("state"),
                root.map("webhook", WEBHOOK_KEYS).map(this::webhook));
    }

    private FleetConfig.Webhook webhook(Section section) {
        return new FleetConfig.Webhook(
                section.text("address", "127.0.0.1"),
                section.has("port") ? (int) section.whole("port", 0, 65_535, 0) : 9098,
                section.path("token_file"));
    }

    private URI url(Section root) {
        String text = root.text("prometheus_url");
        try {
            URI url = new URI(text);
            if (url.getHost() != null && Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException _) {
            // Said below, as of any other text that is none.
        }
        if (root.has("prometheus_url")) {
            root.wrong("prometheus_url", "prometheus_url is no URL such as http://127.0.0.1:9090");
        }
        return URI.create("http://127.0.0.1:9090");
    }

    private List<String> hosts(Section root) {
        List<String> hosts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ScalarNode item : root.list("hosts")) {
            String host = item.getValue();
            if (!HOST.matcher(host).matches()) {
                problem(line(item.getStartMark()), "'" + host + "' is no name of a host");
            } else if (!seen.add(host)) {
                problem(line(item.getStartMark()), "'" + host + "' is there twice");
            } else {
                hosts.add(host);
            }
        }
        return hosts;
    }

    private void problem(int line, String sentence) {
        problems.add(new Problem(line, sentence));
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    /// A map of the file. What is wrong with a value is noted, and a harmless one stands in for it.
    private final class Section {

        private final String prefix;
        private final int line;
        private final Map<String, Node> values = new LinkedHashMap<>();
        private final Map<String, Integer> lines = new TreeMap<>();

        Section(String prefix, MappingNode map, Set<String> known) {
            this.prefix = prefix;
            this.line = line(map.getStartMark());
            for (NodeTuple tuple : map.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                int at = line(tuple.getKeyNode().getStartMark());
                if (!known.contains(key)) {
                    problem(at, "there is no key '" + prefix + key + "'");
                } else if (values.put(key, tuple.getValueNode()) != null) {
                    problem(at, prefix + key + " is there twice");
                }
                lines.put(key, at);
            }
        }

        boolean has(String key) {
            return values.containsKey(key);
        }

        void wrong(String key, String sentence) {
            problem(lines.getOrDefault(key, line), sentence);
        }

        private Optional<String> scalar(String key) {
            if (values.get(key) instanceof ScalarNode scalar
                    && !scalar.getValue().isBlank()) {
                return Optional.of(scalar.getValue().strip());
            }
            if (has(key)) {
                wrong(key, prefix + key + " has no value, or more than one");
            }
            return Optional.empty();
        }

        private void required(String key) {
            if (!has(key)) {
                problem(line, prefix + key + " is missing");
            }
        }

        String text(String key) {
            required(key);
            return text(key, "");
        }

        String text(String key, String otherwise) {
            return scalar(key).orElse(otherwise);
        }

        Path path(String key) {
            return folder.resolve(text(key));
        }

        Duration span(String key, Duration otherwise) {
            Optional<String> text = scalar(key);
            Optional<Duration> span = text.flatMap(Spans::parse).filter(each -> each.toSeconds() >= 1);
            if (text.isPresent() && span.isEmpty()) {
                wrong(key, prefix + key + " is no time like 30s or 15m");
            }
            return span.orElse(otherwise);
        }

        long whole(String key, long least, long most, long instead) {
            required(key);
            Optional<String> text = scalar(key);
            Optional<Long> number = text.filter(each -> each.matches("\\d{1,9}"))
                    .map(Long::parseLong)
                    .filter(each -> each >= least && each <= most);
            if (text.isPresent() && number.isEmpty()) {
                wrong(key, prefix + key + " is no whole number from " + least + " to " + most);
            }
            return number.orElse(instead);
        }

        double share(String key, double otherwise) {
            Optional<String> text = scalar(key);
            Optional<Double> number = text.filter(each -> each.matches("[01](\\.\\d{1,6})?"))
                    .map(Double::parseDouble)
                    .filter(each -> each > 0 && each <= 1);
            if (text.isPresent() && number.isEmpty()) {
                wrong(key, prefix + key + " is no share such as 0.6");
            }
            return number.orElse(otherwise);
        }

        List<ScalarNode> list(String key) {
            required(key);
            if (!has(key)) {
                return List.of();
            }
            List<ScalarNode> items = values.get(key) instanceof SequenceNode sequence
                    ? sequence.getValue().stream()
                            .filter(ScalarNode.class::isInstance)
                            .map(ScalarNode.class::cast)
                            .toList()
                    : List.of();
            if (items.isEmpty()) {
                wrong(key, prefix + key + " is no list of names");
            }
            return items;
        }

        Optional<Section> map(String key, Set<String> known) {
            if (values.get(key) instanceof MappingNode map) {
                return Optional.of(new Section(key + ".", map, known));
            }
            if (has(key)) {
                wrong(key, key + " is no map of keys");
            }
            return Optional.empty();
        }
    }
}
