package dev.heliograph.server.config;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.config.yaml.YamlConfigParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `relay.yaml` and the environment into a [RelayConfig].
///
/// The file is read by Helidon Config into dotted keys; each key is looked up in the table ([Settings]), and one that is
/// not there is refused. An environment variable `HELIOGRAPH_<KEY>` wins over the file. All problems are told at once.
final class ConfigLoader {

    private static final Pattern NAMESPACE_KEY = Pattern.compile("channel\\.namespaces\\.(\\d+)\\.(.+)");
    private static final Pattern LIST_ENTRY = Pattern.compile("(.+)\\.\\d+");
    private static final Pattern NAMESPACE_NAME = Pattern.compile("[-a-zA-Z0-9_]{2,}");
    private static final String VARIABLE_PREFIX = "HELIOGRAPH_";

    private final String file;
    private final List<String> problems = new ArrayList<>();

    /// Namespace options by place in the list.
    private final Map<Integer, Map<String, String>> namespaces = new TreeMap<>();

    private ConfigLoader(String file) {
        this.file = file;
    }

    static RelayConfig load(Optional<Path> path, Map<String, String> environment) {
        String name = path.map(Path::toString).orElse("configuration");
        String yaml = "";
        if (path.isPresent()) {
            try {
                yaml = Files.readString(path.get());
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
        Map<String, String> given = new HashMap<>();
        flatten(yaml).forEach((key, value) -> {
            Matcher namespace = NAMESPACE_KEY.matcher(key);
            if (namespace.matches()) {
                namespaces
                        .computeIfAbsent(Integer.parseInt(namespace.group(1)), _ -> new HashMap<>())
                        .put(namespace.group(2), value);
            } else if (find(Settings.ALL, key)) {
                given.put(key, value);
            } else {
                unknown(key, key, Settings.ALL);
            }
        });
        override(given, environment);
        RelayConfig config = build(new Values(given, Settings.ALL, file + ": ", problems));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    private Map<String, String> flatten(String yaml) {
        if (yaml.isBlank()) {
            return Map.of();
        }
        try {
            Config config = Config.builder()
                    .disableEnvironmentVariablesSource()
                    .disableSystemPropertiesSource()
                    .disableKeyResolving()
                    .disableValueResolving()
                    .addParser(YamlConfigParser.create())
                    .disableParserServices()
                    .addSource(ConfigSources.create(yaml, MediaTypes.APPLICATION_X_YAML))
                    .build();
            return config.asMap().orElse(Map.of());
        } catch (RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String reason = String.valueOf(root.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
            throw new ConfigException(List.of(file + ": not YAML: " + reason));
        }
    }

    private static boolean find(List<Setting> settings, String key) {
        Matcher entry = LIST_ENTRY.matcher(key);
        return settings.stream()
                .anyMatch(setting -> setting.key().equals(key)
                        || (setting.kind() == Setting.Kind.LIST
                                && entry.matches()
                                && setting.key().equals(entry.group(1))));
    }

    private void unknown(String shown, String key, List<Setting> settings) {
        String hint = settings.stream()
                .map(Setting::key)
                .min(Comparator.comparingInt(each -> distance(each, key)))
                .filter(each -> distance(each, key) <= Math.max(2, key.length() / 4))
                .map(each -> "; did you mean " + each + "?")
                .orElse("");
        problems.add(file + ": " + shown + ": unknown key" + hint);
    }

    /// Edits from one text to another (Levenshtein).
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private void override(Map<String, String> given, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>();
        Settings.ALL.forEach(setting -> variables.put(setting.variable(), setting.key()));
        environment.forEach((name, value) -> {
            String key = variables.get(name);
            if (key != null) {
                given.keySet().removeIf(each -> each.startsWith(key + "."));
                given.put(key, value);
            } else if (name.startsWith(VARIABLE_PREFIX)) {
                problems.add("environment: " + name + ": no such setting");
            }
        });
    }

    private RelayConfig build(Values v) {
        HttpServerConfig server = new HttpServerConfig(
                v.string("http_server.address"),
                v.integer("http_server.port", 0, 65_535),
                v.bool("http_server.tls.enabled"),
                v.string("http_server.tls.cert_pem"),
                v.string("http_server.tls.key_pem"),
                v.duration("http_server.handshake_timeout"));
        if (server.tls()) {
            requireFile(v, "http_server.tls.cert_pem", server.tlsCert());
            requireFile(v, "http_server.tls.key_pem", server.tlsKey());
        }
        return new RelayConfig(
                new RelayConfig.NodeConfig(v.string("node.name")),
                server,
                new RelayConfig.WebSocketConfig(
                        path(v, "websocket.handler_prefix"),
                        (int) v.size("websocket.message_size_limit", 128, 1 << 30)),
                ClientConfig.from(v),
                new HttpApiConfig(
                        v.string("http_api.key"),
                        v.bool("http_api.insecure"),
                        v.bool("http_api.disabled"),
                        path(v, "http_api.handler_prefix"),
                        v.choice("http_api.error_mode", "", "transport")),
                channels(v),
                new RelayConfig.EmbeddedBrokerConfig(
                        v.size("broker.embedded.max_history_size", 0, 1L << 50),
                        v.integer("broker.embedded.max_channels", 1, Integer.MAX_VALUE),
                        v.integer("broker.embedded.max_idempotency_keys", 1, Integer.MAX_VALUE)),
                v.integer("engine.event_loops", 0, 1_024),
                v.duration("shutdown.timeout"),
                v.choice("log.level", "error", "warn", "info", "debug"),
                v.bool("demo.enabled"));
    }

    private static String path(Values v, String key) {
        String path = v.string(key);
        if (!path.startsWith("/") || path.length() < 2 || path.endsWith("/")) {
            v.problem(key, "'" + path + "' is not a path such as /api");
        }
        return path;
    }

    private static void requireFile(Values v, String key, String path) {
        if (path.isEmpty()) {
            v.problem(key, "is required with http_server.tls.enabled");
        } else if (!Files.isReadable(Path.of(path))) {
            v.problem(key, "'" + path + "' is not a readable file");
        }
    }

    private ChannelConfig channels(Values v) {
        Duration metaTtl = v.duration("channel.history_meta_ttl");
        return new ChannelConfig(
                v.integer("channel.max_length", 1, 255),
                v.string("channel.private_prefix"),
                boundary(v, "channel.namespace_boundary"),
                v.string("channel.user_boundary"),
                boundary(v, "channel.user_separator"),
                ChannelOptions.from(v, Settings.WITHOUT_NAMESPACE, metaTtl),
                namespaces(metaTtl));
    }

    private static String boundary(Values v, String key) {
        String value = v.string(key);
        if (value.isEmpty()) {
            v.problem(key, "must not be empty");
        }
        return value;
    }

    private Map<String, ChannelOptions> namespaces(Duration metaTtl) {
        Map<String, ChannelOptions> all = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        namespaces.forEach((place, options) -> {
            String where = Settings.NAMESPACES + "[" + place + "].";
            String name = options.getOrDefault("name", "");
            Map<String, String> rest = new HashMap<>(options);
            rest.remove("name");
            for (String key : rest.keySet()) {
                if (!find(Settings.CHANNEL_OPTIONS, key)) {
                    unknown(where + key, key, Settings.CHANNEL_OPTIONS);
                }
            }
            if (!NAMESPACE_NAME.matcher(name).matches()) {
                problems.add(file + ": " + where + "name: '" + name
                        + "' must be at least two letters, digits, '-' or '_'");
            } else if (!names.add(name)) {
                problems.add(file + ": " + where + "name: '" + name + "' is there twice");
            }
            Values v = new Values(rest, Settings.CHANNEL_OPTIONS, file + ": " + where, problems);
            all.put(name, ChannelOptions.from(v, "", metaTtl));
        });
        return all;
    }
}
