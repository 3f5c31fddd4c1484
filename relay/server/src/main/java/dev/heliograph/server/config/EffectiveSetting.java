package dev.heliograph.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A setting of a configuration, for people to read: shows no secret, nor what might hold one.
///
/// @param key    dotted; of a namespace's option `channel.namespaces.NAME.OPTION`
/// @param value  as it was written; empty if it may be secret
/// @param set    whether there is a value that is not empty
/// @param source where the value comes from
/// @param effect when a changed value would take effect
public record EffectiveSetting(String key, Optional<String> value, boolean set, Source source, Effect effect) {

    /// Where a value comes from.
    public enum Source {
        DEFAULT,
        FILE,
        ENVIRONMENT
    }

    /// All settings of a configuration, in the order of the reference, namespaces last.
    public static List<EffectiveSetting> of(RelayConfig config) {
        return of(config.written());
    }

    static List<EffectiveSetting> of(KeyValues written) {
        List<EffectiveSetting> all = new ArrayList<>();
        for (Setting setting : Settings.ALL) {
            all.add(of(setting.key(), setting, written.text(setting), written.source(setting)));
        }
        written.namespaces()
                .forEach((name, options) -> ChannelSettings.ALL.forEach(option -> all.add(of(
                        ChannelSettings.NAMESPACES + "." + name + "." + option.key(),
                        option,
                        KeyValues.text(options, option),
                        source(options, option)))));
        return all;
    }

    private static Source source(Map<String, String> options, Setting option) {
        return options.containsKey(option.key()) ? Source.FILE : Source.DEFAULT;
    }

    private static EffectiveSetting of(String key, Setting setting, String value, Source source) {
        return new EffectiveSetting(key, Disclosure.of(setting, value), !value.isEmpty(), source, setting.effect());
    }
}
