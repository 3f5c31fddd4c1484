package dev.heliograph.runbook;

import dev.heliograph.runbook.RunbookException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/// An alert that a file of rules of Prometheus defines.
///
/// @param line     that it begins at, the first is 1
/// @param severity empty if it has none
/// @param runbook  the id that its annotation `runbook_url` ends with; empty if it has none
record AlertRule(String file, int line, String name, String severity, String runbook) {

    /// The alerts of a file; rules that record are left out.
    ///
    /// @throws RunbookException if it is no file of rules
    static List<AlertRule> read(String file, String yaml) {
        List<AlertRule> alerts = new ArrayList<>();
        for (Node group : items(child(document(file, yaml), "groups"))) {
            for (Node rule : items(child(Optional.of(group), "rules"))) {
                Optional<Node> body = Optional.of(rule);
                text(body, "alert")
                        .ifPresent(name -> alerts.add(new AlertRule(
                                file,
                                line(rule.getStartMark()),
                                name,
                                text(child(body, "labels"), "severity").orElse(""),
                                idOf(text(child(body, "annotations"), "runbook_url")
                                        .orElse("")))));
            }
        }
        return alerts;
    }

    private static Optional<Node> document(String file, String yaml) {
        try {
            Optional<Node> document = compose(yaml);
            if (child(document, "groups").isEmpty()) {
                throw new RunbookException(file, List.of(new Problem(1, "a file of rules has groups")));
            }
            return document;
        } catch (MarkedYamlEngineException e) {
            throw new RunbookException(file, List.of(new Problem(line(e.getProblemMark()), e.getProblem())));
        } catch (YamlEngineException e) {
            throw new RunbookException(file, List.of(new Problem(1, String.valueOf(e.getMessage()))));
        }
    }

    private static Optional<Node> compose(String yaml) {
        LoadSettings settings = LoadSettings.builder().build();
        return new Composer(settings, new ParserImpl(settings, new StreamReader(settings, yaml))).getSingleNode();
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private static List<Node> items(Optional<Node> list) {
        return list.filter(SequenceNode.class::isInstance)
                .map(node -> ((SequenceNode) node).getValue())
                .orElse(List.of());
    }

    private static Optional<Node> child(Optional<Node> map, String key) {
        if (map.isEmpty() || !(map.get() instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static Optional<String> text(Optional<Node> map, String key) {
        return child(map, key).filter(ScalarNode.class::isInstance).map(node -> ((ScalarNode) node).getValue());
    }

    private static String idOf(String url) {
        String path = url.replaceFirst("[?#].*$", "");
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.md$", "");
    }
}
