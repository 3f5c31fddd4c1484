package dev.heliograph.server.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// The values of a YAML text by dotted keys, entries of lists as `key[0]`.
///
/// Values stay as they are written: the usual way to maps and numbers makes `83` of a secret `0123`, and keeps the last
/// of two sections of one name without a word. Neither may happen to a configuration.
final class YamlKeys {

    /// Aliases can make a text contain itself; no key is deeper than this.
    private static final int MAX_DEPTH = 16;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> problems;
    private final String file;

    private YamlKeys(String file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /// @param problems added to
    static Map<String, String> read(String yaml, String file, List<String> problems) {
        YamlKeys keys = new YamlKeys(file, problems);
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root instanceof MappingNode map) {
                keys.map("", map, 0);
            } else if (root != null && !root.getTag().equals(Tag.NULL)) {
                problems.add(file + ": is not a list of keys and values");
            }
        } catch (MarkedYAMLException e) {
            // Not its message: that quotes the line, which may hold a secret.
            problems.add(file + ": not YAML: " + place(e.getProblemMark()) + e.getProblem());
        } catch (YAMLException e) {
            problems.add(file + ": not YAML: " + e.getMessage());
        }
        return keys.values;
    }

    private static String place(@Nullable Mark mark) {
        return mark == null ? "" : "line " + (mark.getLine() + 1) + ": ";
    }

    private void map(String prefix, MappingNode map, int depth) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        List<Node> merged = new ArrayList<>();
        for (NodeTuple tuple : map.getValue()) {
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merged.add(tuple.getValueNode());
            } else if (tuple.getKeyNode() instanceof ScalarNode name) {
                String key = prefix + name.getValue();
                Integer before = lines.putIfAbsent(key, line);
                if (before == null) {
                    value(key, tuple.getValueNode(), depth);
                } else {
                    problems.add(file + ": " + key + ": is in line " + before + " and again in line " + line);
                }
            } else {
                problems.add(file + ": line " + line + ": a key must be a word");
            }
        }
        merged.forEach(each -> merge(prefix, each, depth));
    }

    /// What `<<` brings yields to what the map says itself.
    private void merge(String prefix, Node node, int depth) {
        switch (node) {
            case MappingNode map -> {
                YamlKeys other = new YamlKeys(file, problems);
                other.map(prefix, map, depth + 1);
                other.values.forEach(values::putIfAbsent);
            }
            case SequenceNode list
            when depth < MAX_DEPTH -> list.getValue().forEach(each -> merge(prefix, each, depth + 1));
            default -> problems.add(file + ": " + prefix + "<<: names no section");
        }
    }

    private void value(String key, Node node, int depth) {
        if (depth > MAX_DEPTH) {
            problems.add(file + ": " + key + ": is nested too deeply");
            return;
        }
        switch (node) {
            case MappingNode map -> map(key + ".", map, depth + 1);
            case SequenceNode list -> {
                for (int i = 0; i < list.getValue().size(); i++) {
                    value(key + "[" + i + "]", list.getValue().get(i), depth + 1);
                }
            }
            // A key without a value is a key that is not there.
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> {}
            case ScalarNode scalar -> values.put(key, scalar.getValue());
            default -> problems.add(file + ": " + key + ": is not a value");
        }
    }
}
