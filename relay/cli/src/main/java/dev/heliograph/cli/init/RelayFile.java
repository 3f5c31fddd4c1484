package dev.heliograph.cli.init;

import dev.heliograph.cli.init.Layout.Group;
import dev.heliograph.cli.init.Layout.Host;
import java.util.List;

/// A relay's configuration, with the reason for each value.
final class RelayFile {

    /// Where a web page comes from while nobody has said so.
    static final String EXAMPLE_ORIGIN = "https://app.example.com";

    private RelayFile() {}

    static String text(Advice advice) {
        Yaml yaml = new Yaml();
        head(yaml, advice);
        server(yaml, advice);
        client(yaml, advice);
        yaml.line("").line("channel:").line(2, "namespaces:").namespaces(4, advice.namespaces());
        broker(yaml, advice);
        yaml.line("")
                .line("metrics:")
                .line(2, "# for Prometheus, on port 9464 of 127.0.0.1 unless metrics.address says otherwise")
                .line(2, "enabled: true");
        return yaml.toString();
    }

    private static void head(Yaml yaml, Advice advice) {
        Answers answers = advice.answers();
        yaml.line("# Made by `heliograph init` for " + answers.purpose().text() + ", " + answers.connections()
                + " connections, " + answers.latency().toMillis() + " ms, "
                + answers.guarantee().text() + ".");
        yaml.line("# Every key and its default: CONFIGURATION.md. `heliograph check FILE` finds what is wrong.");
        yaml.line("# With Ansible the role writes this file from the inventory: change it there.");
        yaml.line("# Secrets do not belong here: set them in the environment,");
        yaml.line("#   HELIOGRAPH_CLIENT_TOKEN_HMAC_SECRET_KEY   signs the tokens of users");
        yaml.line("#   HELIOGRAPH_HTTP_API_KEY                   lets the back end in");
        if (!advice.embedded()) {
            yaml.line("#   HELIOGRAPH_BROKER_REDIS_PASSWORD          what Redis asks for");
        }
    }

    private static void server(Yaml yaml, Advice advice) {
        yaml.line("").line("http_server:");
        yaml.setting(2, new Setting("port", "8000", "where load balancers look for it"));
        if (advice.embedded()) {
            return;
        }
        yaml.setting(
                2,
                new Setting(
                        "trusted_proxies",
                        Yaml.list(addresses(advice, Group.LOAD_BALANCERS)),
                        "the load balancers, which say in X-Forwarded-For which client a connection is of"));
    }

    private static void client(Yaml yaml, Advice advice) {
        List<String> origins = advice.answers().origins();
        yaml.line("").line("client:");
        yaml.setting(
                2,
                origins.isEmpty()
                        ? new Setting(
                                "allowed_origins",
                                Yaml.list(List.of(EXAMPLE_ORIGIN)),
                                "PLACEHOLDER: the web pages that may connect; apps need no entry")
                        : new Setting(
                                "allowed_origins",
                                Yaml.list(origins),
                                "the web pages that may connect; apps need no entry"));
        yaml.setting(
                2,
                new Setting(
                        "connection_limit",
                        Integer.toString(advice.connectionLimit()),
                        "twice the " + advice.perRelay() + " that a relay is planned for; more are sent elsewhere"));
        yaml.settings(2, advice.clientSettings());
    }

    private static void broker(Yaml yaml, Advice advice) {
        yaml.line("").line("broker:");
        if (advice.embedded()) {
            yaml.setting(2, new Setting("type", "embedded", "one relay shares with nobody; a restart loses histories"));
            return;
        }
        yaml.setting(2, new Setting("type", "redis", "what relays share: any of them may be lost"));
        yaml.line(2, "redis:");
        advice.answers().redis().ifPresentOrElse(redis -> managed(yaml, redis), () -> own(yaml, advice));
        yaml.setting(
                4, new Setting("wait_replicas", Integer.toString(advice.waitReplicas()), advice.whyWaitReplicas()));
    }

    private static void own(Yaml yaml, Advice advice) {
        List<String> sentinels = addresses(advice, Group.SENTINELS).stream()
                .map(each -> each + ":26379")
                .toList();
        yaml.setting(
                4, new Setting("address", Yaml.list(sentinels), "the sentinels, which know which Redis is the master"));
        yaml.setting(4, new Setting("sentinel_master_name", "heliograph", "what they call it"));
    }

    /// Also for the inventory, which has the same keys.
    static void managed(Yaml yaml, ManagedRedis redis) {
        yaml.setting(4, new Setting("address", Yaml.list(List.of(redis.address())), "the managed Redis"));
        if (!redis.user().isEmpty()) {
            yaml.setting(4, new Setting("user", Yaml.text(redis.user()), "who relays are there"));
        }
        if (redis.tls()) {
            yaml.line(4, "tls:");
            yaml.setting(
                    6,
                    Setting.on(
                            "enabled",
                            "its certificate must be good for that host; server_ca_pem for own authorities"));
        }
    }

    private static List<String> addresses(Advice advice, Group group) {
        return advice.layout().in(group).stream().map(Host::address).toList();
    }
}
