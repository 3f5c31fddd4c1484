package dev.heliograph.server.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a file says, sorted by the tables of keys; what is in none of them is a problem.
final class GivenKeys {

    private static final Pattern NAMESPACE_KEY =
            Pattern.compile(Pattern.quote(ChannelSettings.NAMESPACES) + "\\[(\\d{1,6})]\\.(.+)");
    private static final Pattern LIST_ENTRY = Pattern.compile("(.+)\\[\\d+]");

    private final Map<String, String> given = new HashMap<>();
    private final Map<Integer, Map<String, String>> namespaces = new TreeMap<>();
    private final String file;
    private final List<String> problems;

    /// @param keys     dotted, as [YamlKeys] reads them
    /// @param problems added to
    GivenKeys(Map<String, String> keys, String file, List<String> problems) {
        this.file = file;
        this.problems = problems;
        keys.forEach(this::sort);
    }

    /// Values of [Settings].
    Map<String, String> given() {
        return given;
    }

    /// Values of [ChannelSettings] and `name`, by place in the list of namespaces.
    Map<Integer, Map<String, String>> namespaces() {
        return namespaces;
    }

    private void sort(String key, String value) {
        Matcher namespace = NAMESPACE_KEY.matcher(key);
        if (namespace.matches()) {
            Map<String, String> options =
                    namespaces.computeIfAbsent(Integer.valueOf(namespace.group(1)), _ -> new HashMap<>());
            String option = namespace.group(2);
            if (option.equals("name")) {
                options.put(option, value);
            } else {
                putOption(options, key, option, value);
            }
        } else if (key.startsWith(ChannelSettings.WITHOUT_NAMESPACE)) {
            String option = key.substring(ChannelSettings.WITHOUT_NAMESPACE.length());
            Map<String, String> options = new HashMap<>();
            putOption(options, key, option, value);
            options.forEach((name, text) -> given.put(ChannelSettings.WITHOUT_NAMESPACE + name, text));
        } else if (key.startsWith(ChannelSettings.NAMESPACES)) {
            problem(key, "is not a list of namespaces, each beginning with '- name: '");
        } else {
            put(given, Settings.ALL, key, key, value);
        }
    }

    private void putOption(Map<String, String> target, String shown, String option, String value) {
        Optional<String> refusal = ChannelSettings.later(option, value);
        if (refusal.isPresent()) {
            problem(shown, refusal.get());
        } else if (!ChannelSettings.isLater(option)) {
            put(target, ChannelSettings.ALL, shown, option, value);
        }
    }

    /// Takes a value if its key is in a table.
    ///
    /// @param shown how the key stands in the file
    /// @param key   how it stands in the table
    private void put(Map<String, String> target, List<Setting> table, String shown, String key, String value) {
        Matcher entry = LIST_ENTRY.matcher(key);
        String list = entry.matches() ? entry.group(1) : "";
        if (find(table, key).isPresent()) {
            target.put(key, value);
        } else if (find(table, list)
                .filter(each -> each.type() instanceof Type.Texts)
                .isPresent()) {
            target.merge(list, value, (before, next) -> before + "," + next);
        } else {
            problem(
                    shown,
                    misplaced(table, key)
                            .orElseGet(() -> "unknown key" + Spelling.hint(list.isEmpty() ? key : list, names(table))));
        }
    }

    /// Why a key is not in the table though a part of it is.
    private static Optional<String> misplaced(List<Setting> table, String key) {
        for (Setting setting : table) {
            if (setting.key().startsWith(key + ".")) {
                return Optional.of("is a section, not a value");
            }
            if (key.startsWith(setting.key() + ".")) {
                return Optional.of(setting.key() + " is a value, not a section");
            }
            if (key.startsWith(setting.key() + "[")) {
                return Optional.of(setting.key() + " is a single value, not a list");
            }
        }
        return Optional.empty();
    }

    private static Optional<Setting> find(List<Setting> table, String key) {
        return table.stream().filter(each -> each.key().equals(key)).findAny();
    }

    private static List<String> names(List<Setting> table) {
        List<String> names = new ArrayList<>();
        table.forEach(each -> names.add(each.key()));
        return names;
    }

    private void problem(String key, String reason) {
        problems.add(file + ": " + key + ": " + reason);
    }
}
