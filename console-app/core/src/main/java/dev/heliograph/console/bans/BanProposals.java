package dev.heliograph.console.bans;

import dev.heliograph.console.action.Blast;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Parameter;
import dev.heliograph.console.action.Proposal.Undo;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.PreviewView;
import dev.heliograph.console.workspace.Census;
import dev.heliograph.console.workspace.Workspace;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Proposals that keep someone out, or let them in again. Each is made by a dry run of the relay, so that it knows who
/// is
/// hit; making one blocks and throws what the API throws. What is done can be undone: what was there before is put
/// back.
public final class BanProposals {

    /// What a rule would do now.
    ///
    /// @param id      the relay's spelling of its name
    /// @param preview who is hit
    /// @param blast   how many of all connections
    /// @param before  the rule that it takes the place of
    /// @param own     a sentence if it would keep out the address that the operator comes from
    public record Outlook(
            String id, PreviewView preview, Blast blast, Optional<BanWish> before, Optional<String> own) {}

    private final AdminApi api;
    private final GuardRules rules;
    private final BanTexts texts;
    private final Clock clock;

    public BanProposals(Workspace workspace) {
        this.api = workspace.api();
        this.rules = new GuardRules(api);
        this.clock = workspace.clock();
        this.texts = new BanTexts(clock);
    }

    /// Whether those of a group can be kept out: groups by address and by user.
    ///
    /// @param by as in the API: `ip/24`, `user`
    public static boolean bansGroupsBy(String by) {
        return by.equals("user") || by.equals("ip") || by.startsWith("ip/");
    }

    /// Bans an address or a network.
    public Proposal banAddress(String cidr, Optional<Instant> expiresAt, String reason) {
        return put(new BanWish(new BanWish.Network(cidr, IpRuleKind.BAN), expiresAt, reason));
    }

    /// Bans a user. Users without an id can not be banned.
    public Proposal banUser(String user, Optional<Instant> expiresAt, String reason) {
        return put(new BanWish(new BanWish.User(user), expiresAt, reason));
    }

    /// Bans those of a group.
    ///
    /// @param by  see [#bansGroupsBy]
    /// @param key of the group: a network or a user
    public Proposal banGroup(String by, String key, Optional<Instant> expiresAt, String reason) {
        if (!bansGroupsBy(by)) {
            throw new IllegalArgumentException(Messages.text("bans.group", by));
        }
        return by.equals("user") ? banUser(key, expiresAt, reason) : banAddress(key, expiresAt, reason);
    }

    /// What a rule would do now, without doing it.
    public Outlook outlook(BanWish wish) {
        checkTarget(wish.target());
        Optional<String> own = Optional.empty();
        GuardRules.Answer answer;
        try {
            answer = rules.put(wish, Change.DRY_RUN);
        } catch (AdminException e) {
            if (e.kind() != AdminException.Kind.CONFLICT) {
                throw e;
            }
            own = Optional.of(e.sentence());
            answer = rules.put(wish, Change.DRY_RUN.forced());
        }
        Optional<BanWish> before = answer.changes() ? rules.find(wish.target(), answer.id()) : Optional.empty();
        return new Outlook(
                answer.id(),
                answer.preview(),
                Census.blast(api, answer.preview().hit()),
                before,
                own);
    }

    private static void checkTarget(BanWish.Target target) {
        if (target instanceof BanWish.Network(var cidr, var _)) {
            Cidr.parse(cidr);
        }
    }

    /// Puts a rule down, instead of the one that its target has.
    public Proposal put(BanWish wish) {
        Outlook outlook = outlook(wish);
        List<Parameter> parameters = texts.describe(wish);
        outlook.before()
                .ifPresent(before -> parameters.add(BanTexts.parameter("bans.parameter.instead", texts.rule(before))));
        if (outlook.preview().hit() > 0) {
            parameters.add(BanTexts.parameter("bans.parameter.examples", BanTexts.examples(outlook.preview())));
        }
        List<String> warnings = new ArrayList<>();
        outlook.own().ifPresent(own -> warnings.add(Messages.text("bans.own", own)));
        if (isWide(wish.target())) {
            warnings.add(Messages.text("bans.wide"));
        }
        if (wish.target() instanceof BanWish.Network(var _, IpRuleKind kind) && kind == IpRuleKind.DENY) {
            warnings.add(Messages.text("bans.deny.stay"));
        }
        return new Proposal(
                action(wish.target(), "put"),
                wish.target().title(),
                outlook.own().isPresent() || isWide(wish.target())
                        ? Risk.TYPE_NAME
                        : Census.risk(outlook.blast(), Risk.CONFIRM),
                Role.OPERATOR,
                parameters,
                Optional.of(outlook.blast()),
                warnings,
                reason -> put(wish, outlook.id(), reason, outlook.own().isPresent()));
    }

    private Outcome put(BanWish wish, String id, String reason, boolean force) {
        Change change = Change.because(reason.isBlank() ? wish.reason() : reason);
        // Once more: somebody may have changed it while the operator read.
        Optional<BanWish> before = rules.find(wish.target(), id);
        GuardRules.Answer done = rules.put(wish, force ? change.forced() : change);
        BanWish.Target target = spelled(wish.target(), done.id());
        return new Outcome(
                BanTexts.done(target, done.preview().hit()),
                Optional.of(before.map(this::putBack).orElseGet(() -> takeAway(target))));
    }

    /// Takes a rule away, and can put it back.
    public Proposal lift(BanWish rule) {
        Optional<String> own = Optional.empty();
        try {
            rules.delete(rule.target(), Change.DRY_RUN);
        } catch (AdminException e) {
            if (e.kind() != AdminException.Kind.CONFLICT) {
                throw e;
            }
            own = Optional.of(Messages.text("bans.own", e.sentence()));
        }
        boolean force = own.isPresent();
        boolean allows = rule.target() instanceof BanWish.Network(var _, IpRuleKind kind) && kind == IpRuleKind.ALLOW;
        return new Proposal(
                action(rule.target(), "delete"),
                BanTexts.lifting(rule.target()),
                force ? Risk.TYPE_NAME : allows ? Risk.CONFIRM : Risk.UNDOABLE,
                Role.OPERATOR,
                texts.describe(rule),
                Optional.empty(),
                own.stream().toList(),
                reason -> lift(rule, reason, force));
    }

    private Outcome lift(BanWish rule, String reason, boolean force) {
        BanWish before = rules.find(rule.target(), GuardRules.id(rule.target())).orElse(rule);
        Change change = Change.because(reason);
        GuardRules.Answer done = rules.delete(rule.target(), force ? change.forced() : change);
        return done.changes()
                ? new Outcome(Messages.text("bans.lifted", GuardRules.id(rule.target())), Optional.of(putBack(before)))
                : new Outcome(Messages.text("bans.lifted.already", GuardRules.id(rule.target())), Optional.empty());
    }

    /// Puts back a rule as it was; one that would be over by now stays away.
    Undo putBack(BanWish before) {
        return new Undo(Messages.text("bans.undo.back", GuardRules.id(before.target())), _ -> {
            if (before.expiresAt().filter(end -> !end.isAfter(clock.instant())).isPresent()) {
                rules.delete(before.target(), Change.because(Messages.text("bans.undo.reason")));
                return new Outcome(Messages.text("bans.undo.over", texts.rule(before)), Optional.empty());
            }
            // The reason of a rule is that of the change which put it down.
            rules.put(before, Change.because(before.reason()));
            return new Outcome(Messages.text("bans.undo.done", texts.rule(before)), Optional.empty());
        });
    }

    private Undo takeAway(BanWish.Target target) {
        return new Undo(BanTexts.lifting(target), _ -> {
            rules.delete(target, Change.because(Messages.text("bans.undo.reason")));
            return new Outcome(Messages.text("bans.lifted", GuardRules.id(target)), Optional.empty());
        });
    }

    private static BanWish.Target spelled(BanWish.Target target, String id) {
        return target instanceof BanWish.Network(var _, IpRuleKind kind) ? new BanWish.Network(id, kind) : target;
    }

    private static boolean isWide(BanWish.Target target) {
        return target instanceof BanWish.Network(var cidr, var kind)
                && kind != IpRuleKind.ALLOW
                && Cidr.parse(cidr).isWide();
    }

    private static String action(BanWish.Target target, String verb) {
        return switch (target) {
            case BanWish.Network _ -> "ip_rule." + verb;
            case BanWish.User _ -> "user_ban." + verb;
            case BanWish.Token _, BanWish.TokensOf _ -> "revocation." + verb;
        };
    }
}
