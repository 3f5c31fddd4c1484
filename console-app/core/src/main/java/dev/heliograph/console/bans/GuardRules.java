package dev.heliograph.console.bans;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.wire.IpRuleChange;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.wire.IpRuleWish;
import dev.heliograph.console.wire.PreviewView;
import dev.heliograph.console.wire.RevocationChange;
import dev.heliograph.console.wire.RevocationRow;
import dev.heliograph.console.wire.RevocationWish;
import dev.heliograph.console.wire.UserBanChange;
import dev.heliograph.console.wire.UserBanRow;
import dev.heliograph.console.wire.UserBanWish;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The three kinds of rules behind one set of calls. Each blocks and throws what the API throws.
public final class GuardRules {

    private static final int PAGE = 1_000;

    /// What a change did, or would do.
    ///
    /// @param id      the relay's own spelling of the rule's name
    /// @param changes whether there was one before
    public record Answer(String id, boolean changes, PreviewView preview) {}

    private record Page<T>(List<T> rows, boolean more) {}

    private final AdminApi api;

    public GuardRules(AdminApi api) {
        this.api = api;
    }

    /// Puts a rule down, instead of the one that its target has. Its reason is that of the change.
    public Answer put(BanWish wish, Change change) {
        Long expiresAt = wish.expiresAt().map(Instant::toEpochMilli).orElse(null);
        return switch (wish.target()) {
            case BanWish.Network(var cidr, var kind) ->
                answer(api.putIpRule(new IpRuleWish(cidr, kind, expiresAt), change));
            case BanWish.User(var user) -> answer(api.putUserBan(new UserBanWish(user, expiresAt), change));
            case BanWish.Token(var jti) ->
                answer(api.putRevocation(new RevocationWish(jti, null, null, expiresAt), change));
            case BanWish.TokensOf(var user, var before) ->
                answer(api.putRevocation(new RevocationWish(null, user, before.getEpochSecond(), expiresAt), change));
        };
    }

    /// Takes the rule of a target away, if it has one.
    public Answer delete(BanWish.Target target, Change change) {
        return switch (target) {
            case BanWish.Network(var cidr, var _) -> answer(api.deleteIpRule(cidr, change));
            case BanWish.User(var user) -> answer(api.deleteUserBan(user, change));
            case BanWish.Token _, BanWish.TokensOf _ -> answer(api.deleteRevocation(revocation(target), change));
        };
    }

    private static Answer answer(IpRuleChange change) {
        return new Answer(change.cidr(), change.before() != null, change.preview());
    }

    private static Answer answer(UserBanChange change) {
        return new Answer(change.user(), change.existed(), change.preview());
    }

    private static Answer answer(RevocationChange change) {
        return new Answer(change.id(), change.existed(), change.preview());
    }

    /// The rule that a target has now.
    ///
    /// @param id the relay's spelling
    public Optional<BanWish> find(BanWish.Target target, String id) {
        return switch (target) {
            case BanWish.Network _ ->
                this.<IpRuleRow>find(
                                after -> {
                                    var list = api.ipRules(id, after, PAGE);
                                    return new Page<>(list.rules(), list.more());
                                },
                                IpRuleRow::cidr,
                                row -> row.cidr().equals(id))
                        .map(GuardRules::wish);
            case BanWish.User _ ->
                this.<UserBanRow>find(
                                after -> {
                                    var list = api.userBans(id, after, PAGE);
                                    return new Page<>(list.bans(), list.more());
                                },
                                UserBanRow::user,
                                row -> row.user().equals(id))
                        .map(GuardRules::wish);
            case BanWish.Token _, BanWish.TokensOf _ ->
                this.<RevocationRow>find(
                                after -> {
                                    var list = api.revocations(id, after, PAGE);
                                    return new Page<>(list.revocations(), list.more());
                                },
                                RevocationRow::id,
                                row -> row.id().equals(id))
                        .map(GuardRules::wish);
        };
    }

    private <T> Optional<T> find(
            Function<Optional<String>, Page<T>> pages, Function<T, String> key, Predicate<T> wanted) {
        Optional<String> after = Optional.empty();
        while (true) {
            Page<T> page = pages.apply(after);
            Optional<T> found = page.rows().stream().filter(wanted).findFirst();
            if (found.isPresent() || !page.more() || page.rows().isEmpty()) {
                return found;
            }
            after = Optional.of(key.apply(page.rows().getLast()));
        }
    }

    /// The id of a revocation in the API.
    static String revocation(BanWish.Target target) {
        return switch (target) {
            case BanWish.Token(var jti) -> "jti:" + jti;
            case BanWish.TokensOf(var user, var _) -> "user:" + user;
            case BanWish.Network _, BanWish.User _ -> throw new IllegalArgumentException(target + " is no revocation");
        };
    }

    /// The relay's name of a target's rule, if the target is spelled as the relay spells it.
    public static String id(BanWish.Target target) {
        return switch (target) {
            case BanWish.Network(var cidr, var _) -> cidr;
            case BanWish.User(var user) -> user;
            case BanWish.Token _, BanWish.TokensOf _ -> revocation(target);
        };
    }

    /// The wish that a row came from.
    public static BanWish wish(IpRuleRow row) {
        return new BanWish(new BanWish.Network(row.cidr(), row.kind()), instant(row.expiresAt()), row.reason());
    }

    public static BanWish wish(UserBanRow row) {
        return new BanWish(new BanWish.User(row.user()), instant(row.expiresAt()), row.reason());
    }

    public static BanWish wish(RevocationRow row) {
        String jti = row.jti();
        BanWish.Target target = jti != null
                ? new BanWish.Token(jti)
                : new BanWish.TokensOf(
                        String.valueOf(row.user()),
                        Instant.ofEpochSecond(row.issuedBefore() == null ? 0 : row.issuedBefore()));
        return new BanWish(target, instant(row.expiresAt()), row.reason());
    }

    static Optional<Instant> instant(@Nullable Long millis) {
        return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
    }
}
