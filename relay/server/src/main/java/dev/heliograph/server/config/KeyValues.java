package dev.heliograph.server.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What a configuration says for each of its keys, as it was written: what [ConfigDiff] compares.
public final class KeyValues {

    private final Map<String, String> settings;
    private final Set<String> overridden;
    private final Map<String, Map<String, String>> namespaces = new LinkedHashMap<>();

    /// @param settings   by key of [Settings]; what is not there has its default
    /// @param overridden keys of which the environment gave the value
    /// @param namespaces options with the `name` of each namespace
    KeyValues(Map<String, String> settings, Set<String> overridden, Collection<Map<String, String>> namespaces) {
        this.settings = Map.copyOf(settings);
        this.overridden = Set.copyOf(overridden);
        namespaces.forEach(each -> this.namespaces.put(each.getOrDefault("name", ""), Map.copyOf(each)));
    }

    /// How the value of a setting is written.
    String text(Setting setting) {
        return text(settings, setting);
    }

    /// Where the value of a setting comes from.
    EffectiveSetting.Source source(Setting setting) {
        if (overridden.contains(setting.key())) {
            return EffectiveSetting.Source.ENVIRONMENT;
        }
        return settings.containsKey(setting.key()) ? EffectiveSetting.Source.FILE : EffectiveSetting.Source.DEFAULT;
    }

    /// The options of each namespace by its name, for [#text(Map, Setting)].
    Map<String, Map<String, String>> namespaces() {
        return namespaces;
    }

    /// How the value of a namespace's option is written.
    static String text(Map<String, String> options, Setting option) {
        return options.getOrDefault(option.key(), option.defaultValue()).strip();
    }

    /// Always true: configurations are equal if what they mean is, however it is written.
    @Override
    public boolean equals(Object other) {
        return other instanceof KeyValues;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    /// Values may be secret.
    @Override
    public String toString() {
        return "KeyValues[" + settings.size() + " settings, namespaces " + namespaces.keySet() + "]";
    }
}
