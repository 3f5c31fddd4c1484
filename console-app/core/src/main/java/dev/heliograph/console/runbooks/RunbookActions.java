package dev.heliograph.console.runbooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Parameter;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.bans.BanProposals;
import dev.heliograph.console.bans.BanWish;
import dev.heliograph.console.connections.DisconnectForm;
import dev.heliograph.console.connections.DisconnectProposals;
import dev.heliograph.console.connections.Selection;
import dev.heliograph.console.limits.LimitProposals;
import dev.heliograph.console.nodes.DrainPlan;
import dev.heliograph.console.nodes.DrainProposals;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitOperation;
import dev.heliograph.console.wire.LimitScope;
import dev.heliograph.console.wire.LimitWish;
import dev.heliograph.console.workspace.Census;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.Spans;
import dev.heliograph.runbook.run.Change;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes proposals of the changes that steps are. Each is made of a dry run, so that making one blocks; what it throws
/// is an [dev.heliograph.console.api.AdminException] or a [RunbookException]. Threadsafe.
final class RunbookActions {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final AdminApi api;
    private final BanProposals bans;
    private final DrainProposals drains;
    private final DisconnectProposals disconnects;
    private final LimitProposals limits;
    private final Clock clock;

    RunbookActions(Workspace workspace) {
        this.api = workspace.api();
        this.bans = new BanProposals(workspace);
        this.drains = new DrainProposals(api);
        this.disconnects = new DisconnectProposals(workspace, () -> {});
        this.limits = new LimitProposals(workspace);
        this.clock = workspace.clock();
    }

    /// A change, ready to be made.
    ///
    /// @param arguments filled in; those of the step's action
    /// @param reason    for the record, unless the operator gives another one
    Proposal propose(ActionKind kind, Map<String, String> arguments, String reason) {
        Arguments given = new Arguments(arguments);
        return switch (kind) {
            case IP_RULE_PUT ->
                bans.put(new BanWish(
                        new BanWish.Network(given.text("cidr"), ruleKind(given.text("kind"))), expiry(given), reason));
            case IP_RULE_DELETE ->
                bans.lift(
                        new BanWish(new BanWish.Network(given.text("cidr"), IpRuleKind.BAN), Optional.empty(), reason));
            case USER_BAN_PUT -> bans.put(new BanWish(new BanWish.User(given.text("user")), expiry(given), reason));
            case USER_BAN_DELETE ->
                bans.lift(new BanWish(new BanWish.User(given.text("user")), Optional.empty(), reason));
            case REVOCATION_PUT -> bans.put(new BanWish(tokens(given), expiry(given), reason));
            case REVOCATION_DELETE -> bans.lift(new BanWish(revocation(given.text("id")), Optional.empty(), reason));
            case CHANNEL_PUBLISH -> publish(given.text("channel"), given.text("data"));
            case CONNECTION_DISCONNECT -> disconnect(given);
            case DRAIN_START -> drains.start(given.text("node"), plan(given));
            case DRAIN_PAUSE -> drains.pause(given.text("node"));
            case DRAIN_RESUME -> drains.resume(given.text("node"));
            case DRAIN_CANCEL -> drains.cancel(given.text("node"));
            case REBALANCE -> drains.rebalance(given.number("per_second"), given.numberIfAny("tolerance_percent"));
            case LIMIT_PUT -> limits.put(given.text("name"), limit(given));
            case LIMIT_DELETE -> limits.delete(given.text("name"));
            case CONFIG_RELOAD -> reload();
            case NODE_LIST,
                    CONNECTION_LIST,
                    CONNECTION_GROUP,
                    CHANNEL_LIST,
                    IP_RULE_LIST,
                    USER_BAN_LIST,
                    REVOCATION_LIST,
                    LIMIT_LIST,
                    DRAIN_LIST,
                    DISCONNECT_LIST,
                    AUDIT_LIST,
                    PROMETHEUS_QUERY,
                    ALERT_LIST,
                    PERSON,
                    ANSIBLE_PLAYBOOK -> throw new IllegalArgumentException(kind + " is no change of the admin API");
        };
    }

    /// A change that the console knows no more of than what it says itself.
    static Proposal plain(ActionKind kind, Change change) {
        return new Proposal(
                kind.operation(),
                change.title(),
                Risk.CONFIRM,
                Role.OPERATOR,
                change.effects().stream()
                        .map(effect -> new Parameter(Messages.text("runbooks.effect"), effect))
                        .toList(),
                Optional.empty(),
                List.of(),
                reason -> new Outcome(change.make(reason).sentence(), Optional.empty()));
    }

    private BanWish.Target tokens(Arguments given) {
        Optional<String> jti = given.ifAny("jti");
        Optional<String> user = given.ifAny("user");
        if (jti.isPresent() == user.isPresent()) {
            throw new RunbookException("Either a jti or a user is needed.");
        }
        return jti.isPresent() ? new BanWish.Token(jti.get()) : new BanWish.TokensOf(user.orElse(""), clock.instant());
    }

    /// What a revocation is for, by its id as the API spells it.
    private BanWish.Target revocation(String id) {
        if (id.startsWith("jti:")) {
            return new BanWish.Token(id.substring("jti:".length()));
        }
        if (id.startsWith("user:")) {
            return new BanWish.TokensOf(id.substring("user:".length()), clock.instant());
        }
        throw new RunbookException("'" + id + "' is no revocation: jti:ID or user:NAME");
    }

    private Proposal publish(String channel, String json) {
        JsonNode data;
        try {
            data = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new RunbookException(Messages.text("channels.publish.wrong", e.getOriginalMessage()));
        }
        api.publish(channel, data, dev.heliograph.console.api.Change.DRY_RUN);
        long subscribers = api.channel(channel, 1).channel().subscribers();
        return new Proposal(
                "channel.publish",
                Messages.text("channels.publish.title", channel),
                Risk.CONFIRM,
                Role.OPERATOR,
                List.of(
                        new Parameter(Messages.text("channels.publish.channel"), channel),
                        new Parameter(Messages.text("channels.publish.data"), data.toString())),
                Optional.of(Census.blast(api, subscribers)),
                List.of(Messages.text("channels.publish.final")),
                reason -> {
                    api.publish(channel, data, dev.heliograph.console.api.Change.because(reason));
                    return new Outcome(Messages.text("channels.published", channel, subscribers), Optional.empty());
                });
    }

    private Proposal reload() {
        int changes = api.reloadConfig(dev.heliograph.console.api.Change.DRY_RUN)
                .changes()
                .size();
        return new Proposal(
                "config.reload",
                Messages.text("runbooks.reload"),
                Risk.CONFIRM,
                Role.ADMIN,
                List.of(new Parameter(
                        Messages.text("runbooks.effect"), Messages.text("runbooks.reload.changes", changes))),
                Optional.empty(),
                List.of(),
                reason -> {
                    api.reloadConfig(dev.heliograph.console.api.Change.because(reason));
                    return new Outcome(Messages.text("runbooks.reload.done"), Optional.empty());
                });
    }

    private LimitWish limit(Arguments given) {
        return new LimitWish(
                null,
                word(LimitOperation.class, given.text("operation")),
                word(LimitScope.class, given.text("scope")),
                given.ifAny("user").orElse(null),
                given.ifAny("cidr").orElse(null),
                given.ifAny("namespace").orElse(null),
                given.ifAny("channel").orElse(null),
                given.numberIfAny("rate").orElse(null),
                given.numberIfAny("burst").orElse(null),
                given.numberIfAny("max").map(Double::longValue).orElse(null),
                given.ifAny("mode").map(text -> word(LimitMode.class, text)).orElse(null),
                expiry(given).map(Instant::toEpochMilli).orElse(null));
    }

    private static <E extends Enum<E>> E word(Class<E> type, String text) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new RunbookException("'" + text + "' is not known here");
        }
    }

    private Proposal disconnect(Arguments given) {
        try {
            return disconnects.end(
                    new Selection.Matching(given.text("q")),
                    new DisconnectForm(
                            given.text("reconnect", "true").equals("true"),
                            0,
                            given.text("close_reason", ""),
                            given.number("per_second"),
                            given.numberIfAny("cap").map(Double::intValue).orElse(0)));
        } catch (IllegalArgumentException e) {
            throw new RunbookException(String.valueOf(e.getMessage()));
        }
    }

    private static DrainPlan plan(Arguments given) {
        try {
            return new DrainPlan(
                    given.numberIfAny("percent").orElse(100.0),
                    given.numberIfAny("per_second"),
                    given.durationIfAny("within"),
                    false);
        } catch (IllegalArgumentException e) {
            throw new RunbookException(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Instant> expiry(Arguments given) {
        return given.durationIfAny("expires_in").map(clock.instant()::plus);
    }

    private static IpRuleKind ruleKind(String word) {
        return Stream.of(IpRuleKind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new RunbookException("'" + word + "' is no kind of rule: allow, deny or ban"));
    }

    /// What a step gives, read as what it must be.
    private record Arguments(Map<String, String> given) {

        String text(String name) {
            return ifAny(name).orElseThrow(() -> new RunbookException("'" + name + "' is missing"));
        }

        String text(String name, String fallback) {
            return ifAny(name).orElse(fallback);
        }

        Optional<String> ifAny(String name) {
            return Optional.ofNullable(given.get(name));
        }

        double number(String name) {
            return numberOf(text(name));
        }

        Optional<Double> numberIfAny(String name) {
            return ifAny(name).map(Arguments::numberOf);
        }

        Optional<Duration> durationIfAny(String name) {
            return ifAny(name)
                    .map(text -> Spans.parse(text)
                            .orElseThrow(() -> new RunbookException("'" + text + "' is no time like 90s or 1h30m")));
        }

        private static double numberOf(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException _) {
                throw new RunbookException("'" + text + "' is no number");
            }
        }
    }
}
