package dev.heliograph.console.alerts;

import dev.heliograph.console.action.Blast;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Parameter;
import dev.heliograph.console.action.Proposal.Undo;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What can be done about alerts, as proposals. Making one blocks, and throws
/// [dev.heliograph.console.api.AdminException]. Threadsafe.
public final class AlertProposals {

    /// Beyond it a silence is likely to be forgotten.
    private static final Duration LONG = Duration.ofDays(1);

    private final Alertmanager alertmanager;
    private final String operator;
    private final Clock clock;

    /// @param operator who acts, as the Alertmanager is to show it
    public AlertProposals(Alertmanager alertmanager, String operator, Clock clock) {
        this.alertmanager = alertmanager;
        this.operator = operator;
        this.clock = clock;
    }

    /// Takes an alert on: it pages nobody for a time, and comes back if it still fires then.
    public Proposal acknowledge(AlertGroup group, String comment, Duration time) {
        Instant ends = clock.instant().plus(time);
        SilenceWish wish = new SilenceWish(
                group.matchers(), ends, operator, (Silence.ACKNOWLEDGED + " " + comment.strip()).strip());
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter(Messages.text("alerts.parameter.alert"), group.name()));
        parameters.add(new Parameter(Messages.text("alerts.parameter.until"), Times.minute(ends) + " UTC"));
        if (!comment.isBlank()) {
            parameters.add(new Parameter(Messages.text("alerts.parameter.comment"), comment.strip()));
        }
        return new Proposal(
                "alert.acknowledge",
                Messages.text("alerts.acknowledge.title", group.name()),
                Risk.UNDOABLE,
                Role.VIEWER,
                parameters,
                Optional.empty(),
                List.of(),
                _ -> made(wish, Messages.text("alerts.acknowledge.done", group.name(), Times.span(time))));
    }

    /// Silences all alerts that match until a time.
    public Proposal silence(List<Matcher> matchers, Instant ends, String comment) {
        if (!ends.isAfter(clock.instant())) {
            throw new IllegalArgumentException(Messages.text("alerts.silence.past"));
        }
        if (comment.isBlank()) {
            throw new IllegalArgumentException(Messages.text("alerts.silence.comment"));
        }
        SilenceWish wish = new SilenceWish(matchers, ends, operator, comment.strip());
        List<Alert> alerts = alertmanager.alerts();
        long covered = alerts.stream()
                .filter(alert -> matchers.stream().allMatch(matcher -> matcher.matches(alert.labels())))
                .count();
        List<String> warnings = new ArrayList<>();
        if (covered == 0) {
            warnings.add(Messages.text("alerts.silence.nothing"));
        } else if (covered == alerts.size() && covered > 1) {
            warnings.add(Messages.text("alerts.silence.everything"));
        }
        if (Duration.between(clock.instant(), ends).compareTo(LONG) > 0) {
            warnings.add(Messages.text("alerts.silence.long"));
        }
        String text = text(matchers);
        return new Proposal(
                "alert.silence",
                Messages.text("alerts.silence.title", text),
                Risk.CONFIRM,
                Role.OPERATOR,
                List.of(
                        new Parameter(Messages.text("alerts.parameter.matchers"), text),
                        new Parameter(Messages.text("alerts.parameter.until"), Times.minute(ends) + " UTC"),
                        new Parameter(Messages.text("alerts.parameter.comment"), comment.strip())),
                Optional.of(new Blast(covered, alerts.size(), Messages.text("alerts.unit"))),
                warnings,
                _ -> made(wish, Messages.text("alerts.silence.done", text, Times.minute(ends) + " UTC")));
    }

    /// Ends a silence or takes an acknowledgement back.
    public Proposal expire(Silence silence) {
        boolean taken = silence.acknowledges();
        String text = text(silence.matchers());
        return new Proposal(
                "alert.expire",
                Messages.text(taken ? "alerts.unacknowledge.title" : "alerts.expire.title", text),
                Risk.UNDOABLE,
                taken ? Role.VIEWER : Role.OPERATOR,
                List.of(
                        new Parameter(Messages.text("alerts.parameter.matchers"), text),
                        new Parameter(Messages.text("alerts.parameter.author"), silence.author())),
                Optional.empty(),
                List.of(),
                _ -> {
                    alertmanager.expire(silence.id());
                    return new Outcome(
                            Messages.text(taken ? "alerts.unacknowledge.done" : "alerts.expire.done", text),
                            Optional.of(again(silence)));
                });
    }

    private Undo again(Silence silence) {
        SilenceWish wish = new SilenceWish(silence.matchers(), silence.ends(), silence.author(), silence.comment());
        String text = text(silence.matchers());
        return new Undo(
                Messages.text("alerts.expire.undo", text),
                _ -> made(wish, Messages.text("alerts.silence.done", text, Times.minute(silence.ends()) + " UTC")));
    }

    private Outcome made(SilenceWish wish, String sentence) {
        String id = alertmanager.silence(wish);
        return new Outcome(sentence, Optional.of(new Undo(Messages.text("alerts.silence.undo"), _ -> {
            alertmanager.expire(id);
            return new Outcome(Messages.text("alerts.expire.done", text(wish.matchers())), Optional.empty());
        })));
    }

    private static String text(List<Matcher> matchers) {
        return matchers.stream().map(Matcher::text).collect(Collectors.joining(", "));
    }
}
