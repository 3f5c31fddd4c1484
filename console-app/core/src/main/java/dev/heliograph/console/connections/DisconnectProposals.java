package dev.heliograph.console.connections;

import dev.heliograph.console.action.Blast;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Parameter;
import dev.heliograph.console.action.Proposal.Undo;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.DisconnectWish;
import dev.heliograph.console.wire.OperationRow;
import dev.heliograph.console.wire.WouldDisconnect;
import dev.heliograph.console.workspace.Census;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes proposals that end connections, each from a dry run of just what will be done. Blocks; threadsafe.
public final class DisconnectProposals {

    /// So many that come back at once are a storm.
    private static final int STORM = 1_000;

    /// As long as the API lets an operation take.
    private static final Duration LONGEST = Duration.ofHours(6);

    /// What the API gives an operation that says nothing.
    private static final Duration USUAL = Duration.ofHours(1);

    private final Workspace workspace;
    private final Runnable begun;

    /// @param begun is told when an operation has begun
    public DisconnectProposals(Workspace workspace, Runnable begun) {
        this.workspace = workspace;
        this.begun = begun;
    }

    /// @throws AdminException if the dry run fails, or the pace is too slow for so many
    public Proposal end(Selection selection, DisconnectForm form) {
        // The id is settled now, so that a try that is repeated after a failure is the same operation.
        DisconnectWish wish = wish(UUID.randomUUID().toString(), selection, form, LONGEST);
        WouldDisconnect preview =
                workspace.api().disconnect(wish, Change.DRY_RUN).preview();
        if (preview == null) {
            throw new AdminException(AdminException.Kind.GARBAGE, Messages.text("connections.disconnect.no-preview"));
        }
        Duration takes = Duration.ofMillis(preview.takesMs());
        if (takes.compareTo(LONGEST) > 0) {
            throw new AdminException(
                    AdminException.Kind.INVALID,
                    Messages.text("connections.disconnect.too-slow", count(preview.selected()), Times.span(takes)));
        }
        Blast blast = Census.blast(workspace.api(), preview.selected());
        Risk risk = preview.selected() > 1 ? Census.risk(blast, Risk.CONFIRM) : Risk.CONFIRM;
        DisconnectWish firm = wish(String.valueOf(wish.operation()), selection, form, within(takes));
        return new Proposal(
                "connection.disconnect",
                Messages.text("connections.disconnect.title", connections(preview.selected())),
                risk,
                Role.OPERATOR,
                parameters(selection, form, preview, takes),
                Optional.of(blast),
                warnings(form, preview),
                reason -> begin(firm, form, reason));
    }

    private Outcome begin(DisconnectWish wish, DisconnectForm form, String reason) {
        OperationRow operation =
                workspace.api().disconnect(wish, Change.because(reason)).operation();
        begun.run();
        if (operation == null) {
            throw new AdminException(AdminException.Kind.GARBAGE, Messages.text("connections.disconnect.no-operation"));
        }
        String sentence = form.perSecond() == 0
                ? Messages.text("connections.disconnect.done", connections(operation.selected()))
                : Messages.text(
                        "connections.disconnect.begun", connections(operation.selected()), pace(form.perSecond()));
        Optional<Undo> undo = form.perSecond() == 0
                ? Optional.empty()
                : Optional.of(new Undo(
                        Messages.text("connections.disconnect.undo"), why -> cancel(operation.operation(), why)));
        return new Outcome(sentence, undo);
    }

    private Outcome cancel(String operation, String reason) {
        OperationRow after = workspace.api().cancelDisconnect(operation, Change.because(reason));
        begun.run();
        return new Outcome(
                Messages.text("connections.cancel.done", count(after.told()), count(after.selected())),
                Optional.empty());
    }

    private static Duration within(Duration takes) {
        // A quarter more, since a node may be slow.
        Duration enough = takes.plus(takes.dividedBy(4));
        return enough.compareTo(USUAL) < 0 ? USUAL : enough.compareTo(LONGEST) > 0 ? LONGEST : enough;
    }

    private static DisconnectWish wish(String id, Selection selection, DisconnectForm form, Duration within) {
        return switch (selection) {
            case Selection.Chosen chosen -> wish(id, chosen.ids(), null, null, null, form, within);
            case Selection.Matching matching -> wish(id, null, matching.query(), null, null, form, within);
            case Selection.InGroup group ->
                wish(id, null, group.query(), group.by().word(), group.key(), form, within);
        };
    }

    private static DisconnectWish wish(
            String id,
            @Nullable List<String> ids,
            @Nullable String query,
            @Nullable String by,
            @Nullable String group,
            DisconnectForm form,
            Duration within) {
        return new DisconnectWish(
                id,
                ids,
                query,
                by,
                group,
                null,
                form.effectiveCode(),
                form.closeReason().isEmpty() ? null : form.closeReason(),
                form.perSecond(),
                form.cap() == 0 ? null : form.cap(),
                (ids == null && form.cap() == 0) ? true : null,
                within.toMillis());
    }

    private List<Parameter> parameters(
            Selection selection, DisconnectForm form, WouldDisconnect preview, Duration takes) {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(parameter("which", which(selection, preview)));
        parameters.add(parameter("then", then(form)));
        String pace = form.perSecond() == 0
                ? Messages.text("connections.disconnect.at-once")
                : Messages.text("connections.disconnect.pace", pace(form.perSecond()), Times.span(takes));
        parameters.add(parameter("speed", pace));
        if (form.cap() > 0) {
            parameters.add(parameter(
                    "cap",
                    Messages.text("connections.disconnect.capped", count(form.cap()), count(preview.matched()))));
        }
        if (!form.closeReason().isEmpty()) {
            parameters.add(parameter("close-reason", form.closeReason()));
        }
        return parameters;
    }

    private static String which(Selection selection, WouldDisconnect preview) {
        return switch (selection) {
            case Selection.Chosen chosen
            when chosen.ids().size() == 1 ->
                preview.examples().stream()
                        .findFirst()
                        .map(row -> Messages.text("connections.disconnect.one", row.id(), row.user(), row.ip()))
                        .orElse(chosen.ids().getFirst());
            case Selection.Chosen chosen ->
                Messages.text(
                        "connections.disconnect.chosen", count(chosen.ids().size()));
            case Selection.Matching matching -> all(matching.query());
            case Selection.InGroup group ->
                Messages.text("connections.disconnect.group", group.by().title(), group.key(), all(group.query()));
        };
    }

    private static String all(String query) {
        return query.isBlank() ? Messages.text("connections.disconnect.all") : query;
    }

    private static String then(DisconnectForm form) {
        String what = form.staysAway() ? "connections.disconnect.stay-away" : "connections.disconnect.come-back";
        return Messages.text(what, Integer.toString(form.effectiveCode()));
    }

    private static List<String> warnings(DisconnectForm form, WouldDisconnect preview) {
        List<String> warnings = new ArrayList<>();
        if (preview.selected() == 0) {
            warnings.add(Messages.text("connections.disconnect.nobody"));
        }
        if (preview.selected() > STORM && form.perSecond() == 0 && !form.staysAway()) {
            warnings.add(Messages.text("connections.disconnect.storm", count(preview.selected())));
        }
        preview.missing().forEach(node -> warnings.add(Messages.text("connections.missing", node)));
        return warnings;
    }

    private static Parameter parameter(String label, String value) {
        return new Parameter(Messages.text("connections.disconnect.label." + label), value);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String connections(long number) {
        return number == 1
                ? Messages.text("connections.count.one")
                : Messages.text("connections.count.many", count(number));
    }

    private static String pace(double perSecond) {
        return perSecond == Math.rint(perSecond) ? count((long) perSecond) : Double.toString(perSecond);
    }
}
