package dev.heliograph.console.runbook.action;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.bans.BanProposals;
import dev.heliograph.console.bans.BanWish;
import dev.heliograph.console.connections.DisconnectForm;
import dev.heliograph.console.connections.DisconnectProposals;
import dev.heliograph.console.connections.Selection;
import dev.heliograph.console.nodes.DrainPlan;
import dev.heliograph.console.nodes.DrainProposals;
import dev.heliograph.console.runbook.ActionKind;
import dev.heliograph.console.runbook.RunbookException;
import dev.heliograph.console.text.Spans;
import dev.heliograph.console.wire.IpRuleKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes proposals of the changes that steps are. Each is made of a dry run, so that making one blocks; what it throws
/// is an [dev.heliograph.console.api.AdminException] or a [RunbookException]. Threadsafe.
public final class Actions {

    private final BanProposals bans;
    private final DrainProposals drains;
    private final DisconnectProposals disconnects;
    private final Clock clock;

    public Actions(BanProposals bans, DrainProposals drains, DisconnectProposals disconnects, Clock clock) {
        this.bans = bans;
        this.drains = drains;
        this.disconnects = disconnects;
        this.clock = clock;
    }

    /// A change, ready to be made.
    ///
    /// @param arguments filled in; those of the step's action
    /// @param reason    for the record, unless the operator gives another one
    public Proposal propose(ActionKind kind, Map<String, String> arguments, String reason) {
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
            case CONNECTION_DISCONNECT -> disconnect(given);
            case DRAIN_START -> drains.start(given.text("node"), plan(given));
            case DRAIN_PAUSE -> drains.pause(given.text("node"));
            case DRAIN_RESUME -> drains.resume(given.text("node"));
            case DRAIN_CANCEL -> drains.cancel(given.text("node"));
            case REBALANCE -> drains.rebalance(given.number("per_second"), given.numberIfAny("tolerance_percent"));
            case NODE_LIST, CONNECTION_LIST, CONNECTION_GROUP, IP_RULE_LIST, LIMIT_LIST, DRAIN_LIST, AUDIT_LIST ->
                throw new IllegalArgumentException(kind + " changes nothing");
        };
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
