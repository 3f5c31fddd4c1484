package dev.heliograph.server.admin;

import dev.heliograph.server.guard.Change;
import dev.heliograph.server.guard.GuardOperations;
import dev.heliograph.server.guard.RuleView;
import dev.heliograph.server.guard.UserBan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Users that may not connect.
final class UserBansApi {

    record UserBanRow(
            String user,
            String reason,
            String author,
            long created,
            @Nullable Long expiresAt,
            long hits,
            @Nullable Long lastHit) {
        static UserBanRow of(RuleView<UserBan> view) {
            UserBan ban = view.body();
            return new UserBanRow(
                    view.id(),
                    ban.reason(),
                    ban.author(),
                    ban.created(),
                    Guarding.orNull(view.expiresAt()),
                    view.hits().hits(),
                    Guarding.orNull(view.hits().last()));
        }
    }

    record UserBanList(List<UserBanRow> bans, boolean more) {}

    /// @param expiresAt Unix milliseconds; left out for never
    record UserBanWish(String user, @Nullable Long expiresAt) {}

    /// @param existed whether the user was banned before
    record UserBanChange(String user, boolean existed, Guarding.PreviewView preview, boolean dryRun) {
        static UserBanChange of(Change<UserBan> change) {
            return new UserBanChange(
                    change.id(), change.before() != null, Guarding.PreviewView.of(change.preview()), change.dryRun());
        }
    }

    private final GuardOperations guard;

    UserBansApi(GuardOperations guard) {
        this.guard = guard;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/user-bans",
                        "user_ban.list",
                        Role.VIEWER,
                        "Users that may not connect.",
                        List.of(Guarding.TEXT, Guarding.AFTER, Guarding.LIMIT),
                        UserBanList.class,
                        this::userBans),
                Route.change(
                        Route.Method.PUT,
                        "/v1/user-bans",
                        "user_ban.put",
                        Role.OPERATOR,
                        "Ban a user, and disconnect them.",
                        List.of(),
                        UserBanWish.class,
                        UserBanChange.class,
                        call -> {
                            UserBanWish wish = call.body(UserBanWish.class);
                            call.about(wish.user());
                            return UserBanChange.of(guard.putUserBan(
                                    wish.user(),
                                    Guarding.orZero(wish.expiresAt()),
                                    Guarding.editor(call),
                                    call.dryRun()));
                        }),
                Route.change(
                        Route.Method.DELETE,
                        "/v1/user-bans",
                        "user_ban.delete",
                        Role.OPERATOR,
                        "Let a user in again.",
                        List.of(Param.needed("user", "Whom.")),
                        null,
                        UserBanChange.class,
                        call -> {
                            String user = call.text("user").orElse("");
                            call.about(user);
                            return UserBanChange.of(guard.deleteUserBan(user, Guarding.editor(call), call.dryRun()));
                        }));
    }

    private UserBanList userBans(Call call) {
        var page = guard.userBans(Guarding.text(call), Guarding.after(call), ConnectionsApi.limit(call));
        return new UserBanList(page.rules().stream().map(UserBanRow::of).toList(), page.more());
    }
}
