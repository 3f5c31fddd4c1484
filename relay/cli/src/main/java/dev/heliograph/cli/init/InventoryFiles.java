package dev.heliograph.cli.init;

import dev.heliograph.cli.init.Layout.Group;
import dev.heliograph.cli.init.Layout.Host;
import java.util.List;

/// An inventory for the playbooks: which host is for what, and variables with the reason for each.
final class InventoryFiles {

    private InventoryFiles() {}

    static String hosts(Advice advice) {
        Layout layout = advice.layout();
        Yaml yaml = new Yaml().line("---").line("# Made by `heliograph init`.");
        if (layout.placeholders()) {
            yaml.line("# PLACEHOLDERS: put your addresses in place of 192.0.2.x, which is a range for documentation.");
        }
        yaml.line(
                "# The first host of `redis` is the first master; the first of `monitoring` holds the lock of deployments.");
        yaml.line("all:").line(2, "vars:");
        yaml.line(4, "# Whom ssh logs in as; who is not root needs sudo.");
        yaml.line(4, "ansible_user: root");
        yaml.line(4, "# Half the time of a playbook is ssh; off where sudo wants a terminal.");
        yaml.line(4, "ansible_ssh_pipelining: true");
        yaml.line(2, "hosts:");
        for (Host host : layout.hosts()) {
            if (host.spare()) {
                yaml.line(4, "# Waits for a scale-out.");
            }
            yaml.line(
                    4,
                    host.name() + ": {ansible_host: " + host.address()
                            + (host.spare() ? ", relay_in_service: false" : "") + "}");
        }
        for (Group group : Group.values()) {
            group(yaml, layout, group);
        }
        return yaml.toString();
    }

    private static void group(Yaml yaml, Layout layout, Group group) {
        List<Host> hosts = layout.hosts().stream()
                .filter(host -> host.groups().contains(group))
                .toList();
        yaml.line("").line(group.text() + ":");
        if (hosts.isEmpty()) {
            yaml.line(2, "hosts: {}");
            return;
        }
        yaml.line(2, "hosts:");
        hosts.forEach(host -> yaml.line(4, host.name() + ":"));
    }

    /// @param version the release that bare hosts get
    static String variables(Advice advice, String version) {
        Yaml yaml = new Yaml();
        yaml.line("---").line("# Made by `heliograph init`. What each means: ansible/roles/*/meta/argument_specs.yml.");
        yaml.line("heliograph_cluster: heliograph");
        yaml.line("# Where hosts reach each other, if that is not where you reach them.");
        yaml.line("heliograph_address: \"{{ ansible_host }}\"");
        releases(yaml, version);
        balancers(yaml, advice);
        relays(yaml, advice);
        redis(yaml, advice);
        yaml.line("").line("# The autoscaler: docs/fleet.md.").line("fleet_controller_enabled: false");
        return yaml.toString();
    }

    private static void releases(Yaml yaml, String version) {
        yaml.line("");
        yaml.line(
                "# Where archives of releases are on the machine that runs playbooks, and which one a bare host gets.");
        yaml.line("heliograph_releases: \"{{ lookup('ansible.builtin.env', 'HELIOGRAPH_RELEASES')"
                + " | default(playbook_dir ~ '/../target/dist', true) }}\"");
        yaml.line("heliograph_version: " + Yaml.text(version));
        yaml.line("heliograph_system: linux-x64");
        yaml.line("heliograph_release: \"{{ heliograph_releases }}/heliograph-{{ heliograph_version }}"
                + "-{{ heliograph_system }}.tar.gz\"");
    }

    private static void balancers(Yaml yaml, Advice advice) {
        yaml.line("");
        yaml.line("# For https: chain and key in one PEM file on the machine that runs playbooks.");
        yaml.line("# haproxy_certificate_file: /etc/letsencrypt/live/relay.example.com/haproxy.pem");
        yaml.line("# haproxy_redirect_to_https: true");
        yaml.setting(
                0,
                new Setting(
                        "haproxy_admitted_rate",
                        Integer.toString(advice.admittedRate()),
                        "new connections a second of a load balancer; others are told when to come again"));
        if (advice.largeBalancers()) {
            yaml.setting(
                    0,
                    new Setting(
                            "haproxy_maxconn",
                            Integer.toString(advice.balancerLimit()),
                            "each load balancer can carry all clients, and a quarter more"));
        }
    }

    private static void relays(Yaml yaml, Advice advice) {
        List<String> origins = advice.answers().origins();
        yaml.line("");
        yaml.setting(
                0,
                new Setting(
                        "relay_connection_limit",
                        Integer.toString(advice.connectionLimit()),
                        "twice the " + advice.perRelay() + " that a relay is planned for; `make bench` knows better"));
        yaml.setting(
                0,
                origins.isEmpty()
                        ? new Setting(
                                "relay_allowed_origins",
                                Yaml.list(List.of(RelayFile.EXAMPLE_ORIGIN)),
                                "PLACEHOLDER: the web pages that may connect; apps need no entry")
                        : new Setting(
                                "relay_allowed_origins",
                                Yaml.list(origins),
                                "the web pages that may connect; apps need no entry"));
        yaml.line("relay_namespaces:").namespaces(2, advice.namespaces());
        yaml.line("");
        yaml.line("# What the role has no variable for.");
        yaml.line("relay_settings:").line(2, "client:").settings(4, advice.clientSettings());
        advice.answers().redis().ifPresent(redis -> {
            yaml.line(2, "broker:").line(4, "redis:");
            Yaml managed = new Yaml();
            RelayFile.managed(managed, redis);
            managed.toString().lines().forEach(line -> yaml.line(2, line));
        });
    }

    private static void redis(Yaml yaml, Advice advice) {
        yaml.line("");
        yaml.setting(
                0,
                new Setting("relay_wait_replicas", Integer.toString(advice.waitReplicas()), advice.whyWaitReplicas()));
        if (advice.syncsAlways()) {
            yaml.setting(
                    0,
                    new Setting(
                            "redis_appendfsync",
                            "always",
                            "no replica is sure to have a message, so that the disk must; three Redis would be faster"));
        }
        advice.answers().redis().ifPresent(redis -> {
            yaml.line("# The password of the managed Redis is heliograph_redis_password in vault.yml.");
            yaml.setting(
                    0,
                    new Setting(
                            "redis_exporter_targets",
                            Yaml.list(List.of(redis.address())),
                            "the exporter asks it without TLS; its provider knows more of it"));
        });
    }
}
