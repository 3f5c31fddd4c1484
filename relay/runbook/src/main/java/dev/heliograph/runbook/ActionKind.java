package dev.heliograph.runbook;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a step can do: operations under their names in the admin API (docs/openapi.json), and what is besides it.
public enum ActionKind {
    NODE_LIST("node.list", StepClass.READ, List.of(), List.of()),
    CONNECTION_LIST("connection.list", StepClass.READ, List.of(), List.of("q", "limit")),
    CONNECTION_GROUP("connection.group", StepClass.READ, List.of("by"), List.of("q", "measure", "limit")),
    IP_RULE_LIST("ip_rule.list", StepClass.READ, List.of(), List.of("text")),
    LIMIT_LIST("limit_rule.list", StepClass.READ, List.of(), List.of()),
    DRAIN_LIST("drain.list", StepClass.READ, List.of(), List.of()),
    LIMIT_PUT(
            "limit_rule.put",
            StepClass.MUTATE,
            List.of("name", "operation", "scope"),
            List.of("rate", "burst", "max", "mode", "user", "cidr", "namespace", "channel", "expires_in")),
    LIMIT_DELETE("limit_rule.delete", StepClass.MUTATE, List.of("name"), List.of()),
    CHANNEL_LIST("channel.list", StepClass.READ, List.of(), List.of("pattern", "order", "limit")),
    USER_BAN_LIST("user_ban.list", StepClass.READ, List.of(), List.of("text")),
    REVOCATION_LIST("revocation.list", StepClass.READ, List.of(), List.of("text")),
    DISCONNECT_LIST("disconnect.list", StepClass.READ, List.of(), List.of()),
    CONFIG_RELOAD("config.reload", StepClass.MUTATE, List.of(), List.of()),
    AUDIT_LIST("audit.list", StepClass.READ, List.of(), List.of("since", "action", "text", "limit")),
    IP_RULE_PUT("ip_rule.put", StepClass.MUTATE, List.of("cidr", "kind"), List.of("expires_in")),
    IP_RULE_DELETE("ip_rule.delete", StepClass.MUTATE, List.of("cidr"), List.of()),
    USER_BAN_PUT("user_ban.put", StepClass.MUTATE, List.of("user"), List.of("expires_in")),
    USER_BAN_DELETE("user_ban.delete", StepClass.MUTATE, List.of("user"), List.of()),
    /// The one token `jti`, or all tokens that `user` was given until now.
    REVOCATION_PUT("revocation.put", StepClass.MUTATE, List.of(), List.of("jti", "user", "expires_in")),
    /// `id` is `jti:ID` or `user:NAME`, as in the list.
    REVOCATION_DELETE("revocation.delete", StepClass.MUTATE, List.of("id"), List.of()),
    /// A test message; `data` is JSON.
    CHANNEL_PUBLISH("channel.publish", StepClass.MUTATE, List.of("channel", "data"), List.of()),
    CONNECTION_DISCONNECT(
            "connection.disconnect",
            StepClass.DESTROY,
            List.of("q", "per_second"),
            List.of("cap", "reconnect", "close_reason")),
    DRAIN_START("drain.start", StepClass.MUTATE, List.of("node"), List.of("per_second", "within", "percent")),
    DRAIN_PAUSE("drain.pause", StepClass.MUTATE, List.of("node"), List.of()),
    DRAIN_RESUME("drain.resume", StepClass.MUTATE, List.of("node"), List.of()),
    DRAIN_CANCEL("drain.cancel", StepClass.MUTATE, List.of("node"), List.of()),
    REBALANCE("drain.rebalance", StepClass.DESTROY, List.of("per_second"), List.of("tolerance_percent")),
    /// What a PromQL query tells now; needs a Prometheus.
    PROMETHEUS_QUERY("prometheus.query", StepClass.READ, List.of("query"), List.of()),
    /// The alerts that fire; needs an Alertmanager.
    ALERT_LIST("alert.list", StepClass.READ, List.of(), List.of()),
    /// A playbook of the folder `ansible`; arguments besides `limit` are variables of it.
    ANSIBLE_PLAYBOOK("ansible.playbook", StepClass.MUTATE, List.of("playbook"), List.of("limit")),
    /// Something that only a person can do or decide; `task` says what.
    PERSON("person", StepClass.READ, List.of("task"), List.of());

    private static final Pattern VARIABLE = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private final String operation;
    private final StepClass least;
    private final List<String> required;
    private final List<String> optional;

    ActionKind(String operation, StepClass least, List<String> required, List<String> optional) {
        this.operation = operation;
        this.least = least;
        this.required = required;
        this.optional = optional;
    }

    /// The operation of this name; empty if no step can be it.
    public static Optional<ActionKind> of(String operation) {
        return Stream.of(values())
                .filter(kind -> kind.operation.equals(operation))
                .findFirst();
    }

    public String operation() {
        return operation;
    }

    /// A step with it is of this class, or a more dangerous one.
    public StepClass least() {
        return least;
    }

    public List<String> required() {
        return required;
    }

    public List<String> optional() {
        return optional;
    }

    /// Whether there is such an argument.
    public boolean takes(String argument) {
        return required.contains(argument)
                || optional.contains(argument)
                || this == ANSIBLE_PLAYBOOK && VARIABLE.matcher(argument).matches();
    }

    /// What an argument is written in.
    Language language(String argument) {
        if (this == PROMETHEUS_QUERY) {
            return Language.PROMQL;
        }
        return argument.equals("q") ? Language.QUERY : Language.DATA;
    }
}
