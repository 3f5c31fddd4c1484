package dev.heliograph.server.config;

import dev.heliograph.server.config.Type.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is different between two configurations, for people to read. Shows no secret, nor what might hold one: of such
/// a setting it says only that it has changed. What means the same (`60s` and `1m`) is not different.
///
/// @param changes in the order of the reference, namespaces last
public record ConfigDiff(List<ConfigChange> changes) {

    private static final int MAX_SHOWN = 200;

    public ConfigDiff {
        changes = List.copyOf(changes);
    }

    /// What a new configuration changes.
    public static ConfigDiff between(RelayConfig before, RelayConfig after) {
        List<ConfigChange> changes = new ArrayList<>();
        KeyValues old = before.written();
        KeyValues now = after.written();
        for (Setting setting : Settings.ALL) {
            compare(setting.key(), setting, old.text(setting), now.text(setting), changes);
        }
        Set<String> names = new TreeSet<>(old.namespaces().keySet());
        names.addAll(now.namespaces().keySet());
        for (String name : names) {
            namespace(name, old.namespaces(), now.namespaces(), changes);
        }
        return new ConfigDiff(changes);
    }

    private static void namespace(
            String name,
            Map<String, Map<String, String>> old,
            Map<String, Map<String, String>> now,
            List<ConfigChange> changes) {
        String key = ChannelSettings.NAMESPACES + "." + name;
        Map<String, String> before = old.get(name);
        Map<String, String> after = now.get(name);
        if (after == null) {
            changes.add(new ConfigChange(key, "removed", Effect.AT_ONCE));
        } else if (before == null) {
            changes.add(new ConfigChange(key, "added" + options(after), Effect.AT_ONCE));
        } else {
            for (Setting option : ChannelSettings.ALL) {
                String path = key + "." + option.key();
                compare(path, option, KeyValues.text(before, option), KeyValues.text(after, option), changes);
            }
        }
    }

    private static String options(Map<String, String> given) {
        String text = ChannelSettings.ALL.stream()
                .filter(option -> given.containsKey(option.key()))
                .map(option -> option.key() + ": " + shown(KeyValues.text(given, option)))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "" : " (" + text + ")";
    }

    private static void compare(String key, Setting setting, String before, String after, List<ConfigChange> changes) {
        if (!same(setting.type(), before, after)) {
            changes.add(new ConfigChange(key, change(setting, before, after), setting.effect()));
        }
    }

    private static boolean same(Type type, String before, String after) {
        try {
            return before.equals(after) || type.parse(before).equals(type.parse(after));
        } catch (Malformed e) {
            throw new IllegalStateException("a configuration with a malformed value", e);
        }
    }

    private static String change(Setting setting, String before, String after) {
        return switch (setting.type()) {
            case Type.Texts list ->
                listChange(list.parse(before).texts(), list.parse(after).texts());
            // What is left of an address does not tell whether its password is another.
            case Type.Url _ -> hidden(before, after);
            case Type.Text _, Type.PublicKeyPem _ -> textChange(setting, before, after);
            case Type.Words _, Type.Regex _, Type.HttpPath _, Type.Flag _, Type.Whole _, Type.Time _, Type.Size _ ->
                values(before, after);
        };
    }

    private static String textChange(Setting setting, String before, String after) {
        boolean harmless = Disclosure.of(setting, before).isPresent()
                && Disclosure.of(setting, after).isPresent();
        return harmless ? values(before, after) : hidden(before, after);
    }

    private static String listChange(List<String> before, List<String> after) {
        String change = Stream.concat(
                        after.stream()
                                .filter(each -> !before.contains(each))
                                .map(each -> "+ " + shown(Disclosure.entry(each))),
                        before.stream()
                                .filter(each -> !after.contains(each))
                                .map(each -> "- " + shown(Disclosure.entry(each))))
                .collect(Collectors.joining(", "));
        return change.isEmpty() ? "in another order" : change;
    }

    private static String values(String before, String after) {
        return shown(before) + " -> " + shown(after);
    }

    private static String hidden(String before, String after) {
        return before.isEmpty() ? "set" : after.isEmpty() ? "removed" : "changed";
    }

    /// In one line, whatever a file holds.
    private static String shown(String text) {
        String line = Disclosure.line(text);
        String cut = line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
        return cut.isEmpty() ? "(empty)" : cut;
    }

    /// Keys of changes that a running relay can not make.
    public List<String> needRestart() {
        return changes.stream()
                .filter(each -> each.effect() == Effect.RESTART)
                .map(ConfigChange::key)
                .toList();
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /// One change a line; `nothing has changed` if there is none.
    @Override
    public String toString() {
        return isEmpty()
                ? "nothing has changed"
                : changes.stream().map(ConfigChange::toString).collect(Collectors.joining("\n"));
    }
}
