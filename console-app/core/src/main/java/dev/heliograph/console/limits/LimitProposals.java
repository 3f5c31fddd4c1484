package dev.heliograph.console.limits;

import dev.heliograph.console.action.Blast;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Parameter;
import dev.heliograph.console.action.Proposal.Undo;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitRow;
import dev.heliograph.console.wire.LimitWish;
import dev.heliograph.console.workspace.Census;
import dev.heliograph.console.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/// Proposals for one limit, without a trial. Making one blocks for a dry run, and throws what the API throws.
public final class LimitProposals {

    private final AdminApi api;

    public LimitProposals(Workspace workspace) {
        this.api = workspace.api();
    }

    /// The limit of this name that operators have put down.
    public Optional<LimitWish> find(String name) {
        return api.limits().limits().stream()
                .filter(row -> row.name().equals(name) && !row.configured())
                .findFirst()
                .map((LimitRow row) -> LimitChanges.wish(row));
    }

    /// Puts a limit down, instead of the one of that name.
    public Proposal put(String name, LimitWish wish) {
        long matching = api.putLimit(name, wish, Change.DRY_RUN).preview().matching();
        Blast blast = Census.blast(api, wish.mode() == LimitMode.DRY_RUN ? 0 : matching);
        return new Proposal(
                "limit_rule.put",
                Messages.text("limits.put", name),
                Census.risk(blast, Risk.CONFIRM),
                Role.OPERATOR,
                List.of(new Parameter(name, LimitTexts.rule(wish))),
                Optional.of(blast),
                List.of(),
                reason -> {
                    Optional<LimitWish> before = find(name);
                    api.putLimit(name, wish, Change.because(reason));
                    return new Outcome(Messages.text("limits.put.done", name), Optional.of(back(name, before)));
                });
    }

    /// Takes a limit away.
    public Proposal delete(String name) {
        api.deleteLimit(name, Change.DRY_RUN);
        Optional<LimitWish> now = find(name);
        return new Proposal(
                "limit_rule.delete",
                Messages.text("limits.delete", name),
                Risk.CONFIRM,
                Role.OPERATOR,
                now.map(rule -> new Parameter(name, LimitTexts.rule(rule))).stream()
                        .toList(),
                Optional.empty(),
                List.of(),
                reason -> {
                    Optional<LimitWish> before = find(name);
                    api.deleteLimit(name, Change.because(reason));
                    return new Outcome(Messages.text("limits.delete.done", name), Optional.of(back(name, before)));
                });
    }

    private Undo back(String name, Optional<LimitWish> before) {
        return new Undo(Messages.text("limits.back", name), _ -> {
            Change change = Change.because(Messages.text("bans.undo.reason"));
            before.ifPresentOrElse(rule -> api.putLimit(name, rule, change), () -> api.deleteLimit(name, change));
            return new Outcome(Messages.text("limits.back.done", name), Optional.empty());
        });
    }
}
