package dev.heliograph.cli.init;

import java.util.List;
import java.util.stream.Collectors;

/// YAML with comments, line by line.
final class Yaml {

    private final StringBuilder text = new StringBuilder();

    Yaml line(String line) {
        text.append(line).append('\n');
        return this;
    }

    Yaml line(int indent, String line) {
        return line(" ".repeat(indent) + line);
    }

    /// A value under the reason for it.
    Yaml setting(int indent, Setting setting) {
        return line(indent, "# " + setting.why()).line(indent, setting.key() + ": " + setting.value());
    }

    Yaml settings(int indent, List<Setting> settings) {
        settings.forEach(setting -> setting(indent, setting));
        return this;
    }

    /// A list of namespaces.
    Yaml namespaces(int indent, List<Namespace> namespaces) {
        for (Namespace namespace : namespaces) {
            line(indent, "# " + namespace.about());
            line(indent, "- name: " + namespace.name());
            settings(indent + 2, namespace.settings());
        }
        return this;
    }

    /// A list in one line.
    static String list(List<String> texts) {
        return texts.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /// A text that nothing can be mistaken in: what is written here has no quotes and no backslashes.
    static String text(String text) {
        return '"' + text + '"';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
