package dev.heliograph.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads a file and the environment into a [RelayConfig].
///
/// Each key is looked up in the table ([Settings]), and one that is not there is refused. An environment variable
/// `HELIOGRAPH_<KEY>` wins over the file. All problems are told at once.
final class ConfigLoader {

    private static final Pattern NAMESPACE_NAME = Pattern.compile("[-a-zA-Z0-9_]{2,}");

    private final String file;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> overridden = new HashMap<>();

    private ConfigLoader(String file) {
        this.file = file;
    }

    static RelayConfig load(Optional<Path> path, Map<String, String> environment) {
        String name = path.map(Path::toString).orElse("configuration");
        String yaml = "";
        if (path.isPresent()) {
            try {
                yaml = Files.readString(path.get());
            } catch (NoSuchFileException _) {
                throw new ConfigException(List.of(name + ": there is no such file"));
            } catch (IOException e) {
                throw new ConfigException(List.of(name + ": cannot be read: " + e));
            }
        }
        return new ConfigLoader(name).read(yaml, environment);
    }

    static RelayConfig parse(String yaml) {
        return new ConfigLoader("configuration").read(yaml, Map.of());
    }

    private RelayConfig read(String yaml, Map<String, String> environment) {
        Map<String, String> keys = YamlKeys.read(yaml, file, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        GivenKeys sorted = new GivenKeys(keys, file, problems);
        override(sorted.given(), environment);
        Values values = new Values(sorted.given(), Settings.ALL, this::where, problems);
        RelayConfig config = RelayConfig.from(
                values,
                metaTtl -> namespaces(sorted.namespaces(), metaTtl),
                new KeyValues(
                        sorted.given(), overridden.keySet(), sorted.namespaces().values()));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        if (!values.unread().isEmpty()) {
            throw new IllegalStateException("keys of the table that nothing reads: " + values.unread());
        }
        return config;
    }

    private String where(String key) {
        String variable = overridden.get(key);
        return variable == null ? file + ": " + key : "environment: " + variable;
    }

    private void override(Map<String, String> given, Map<String, String> environment) {
        Map<String, Setting> byVariable =
                Settings.ALL.stream().collect(Collectors.toMap(Setting::variable, setting -> setting));
        environment.forEach((name, value) -> {
            Setting setting = byVariable.get(name);
            if (setting != null) {
                given.put(setting.key(), value);
                overridden.put(setting.key(), name);
            } else if (name.startsWith(Setting.VARIABLE_PREFIX)) {
                unknown(name, byVariable);
            }
        });
    }

    /// Others use the prefix too: the launcher, or an orchestrator that announces a service of this name. What
    /// looks like a setting is refused, for someone believes that it works.
    private void unknown(String name, Map<String, Setting> byVariable) {
        boolean inSection = Settings.ALL.stream()
                .map(setting -> setting.variable()
                        .substring(
                                0,
                                Setting.VARIABLE_PREFIX.length() + setting.key().indexOf('.') + 1))
                .anyMatch(name::startsWith);
        boolean misspelt = byVariable.keySet().stream().anyMatch(each -> Spelling.distance(each, name) <= 2);
        if (inSection || misspelt) {
            problems.add("environment: " + name + ": no such setting" + Spelling.hint(name, byVariable.keySet()));
        }
    }

    private Map<String, ChannelOptions> namespaces(Map<Integer, Map<String, String>> given, Duration metaTtl) {
        Map<String, ChannelOptions> all = new LinkedHashMap<>();
        given.forEach((place, options) -> {
            String where = file + ": " + ChannelSettings.NAMESPACES + "[" + place + "].";
            Values values = new Values(options, ChannelSettings.ALL, key -> where + key, problems);
            String name = options.getOrDefault("name", "");
            if (!NAMESPACE_NAME.matcher(name).matches()) {
                values.problem("name", "'" + name + "' is not a name of two or more letters, digits, '-' and '_'");
            } else if (all.containsKey(name)) {
                values.problem("name", "'" + name + "' is there twice");
            }
            all.put(name, ChannelOptions.from(values, "", metaTtl));
        });
        return all;
    }
}
