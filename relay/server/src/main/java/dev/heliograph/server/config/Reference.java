package dev.heliograph.server.config;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The reference of all keys, CONFIGURATION.md, made of the tables they are read with.
final class Reference {

    private static final String HEAD = """
            # Configuration

            Generated from the table of settings; a test fails if it is out of date and says how to write it anew.

            A relay reads one YAML file when it starts: `heliograph relay --config relay.yaml`. Every key is optional. A key
            that is not listed here, a value that is not what it should be, and values that contradict each other are
            refused, all at once, each as `FILE: key: reason`.

            ```yaml
            http_server:
              port: 8000
            client:
              allowed_origins: ["https://app.example.com"]
              token:
                hmac_secret_key: "change me"
            http_api:
              key: "change me too"
            channel:
              namespaces:
                - name: chat            # channels chat:...
                  history_size: 300
                  history_ttl: 10m
                  force_recovery: true
            ```

            **Environment.** A variable overrides the file. Its name is `HELIOGRAPH_` and the key in capitals with `_` for
            each dot: `HELIOGRAPH_CLIENT_TOKEN_HMAC_SECRET_KEY` for `client.token.hmac_secret_key`. A list is written with
            commas. Only `channel.namespaces` cannot be set so.

            **Changes.** On SIGHUP a relay reads its file again and takes all that is new, or nothing: one wrong value, or one
            changed setting that takes effect with a `restart` only, and it goes on as before and says so. No connection
            drops. `at once` is for connections that are there, too: for what they do next, in subscriptions that they make
            next. `new connections` is for those that come later. The environment stays that of the start.

            **Rotation.** A new key or secret is put in the place of the old one, and that into `http_api.previous_key` or
            `hmac_previous_secret_key`: both are accepted, until nobody uses the old one any more, which
            `heliograph_previous_key_uses_total` tells. Then the previous one is taken out.

            **Values.** A duration is written as `500ms`, `25s`, `10m`, `720h`, `1h30m` (units `ms`, `s`, `m`, `h`, `d`), a
            size in bytes or as `64KiB` (units `KB`, `MB`, `GB`, `KiB`, `MiB`, `GiB`). Numbers in parentheses, as (3502), are
            the codes by which clients are told.
            """;

    private static final String NAMESPACES = """

            ## channel.namespaces[]

            A list. `name` is what stands before the namespace boundary in a channel's name: two or more letters, digits, `-`
            and `_`. The other options are these; `channel.without_namespace` takes them too, for channels without a
            namespace.

            """;

    private static final String TABLE = """
            | key | value | default | takes effect | meaning |
            |---|---|---|---|---|
            """;

    private Reference() {}

    static String markdown() {
        StringBuilder text = new StringBuilder(HEAD);
        String section = "";
        for (Setting setting : Settings.ALL) {
            String key = setting.key();
            if (key.startsWith(ChannelSettings.WITHOUT_NAMESPACE)) {
                continue;
            }
            String own = key.substring(0, key.lastIndexOf('.'));
            if (!own.equals(section)) {
                section = own;
                text.append("\n## ").append(section).append("\n\n").append(TABLE);
            }
            row(text, setting);
            if (key.equals("channel.history_meta_ttl")) {
                text.append(NAMESPACES).append(TABLE);
                ChannelSettings.ALL.forEach(option -> row(text, option));
                text.append("\nNot supported yet, and refused when switched on: ")
                        .append(later())
                        .append(".\n");
            }
        }
        return text.toString();
    }

    private static String later() {
        TreeSet<String> names = new TreeSet<>(ChannelSettings.LATER.keySet());
        names.addAll(ChannelSettings.LATER_SECTIONS);
        return names.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
    }

    private static void row(StringBuilder text, Setting setting) {
        List<String> cells = List.of(
                "`" + setting.key() + "`",
                setting.type().description(),
                setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
                setting.effect().toString(),
                setting.text());
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
