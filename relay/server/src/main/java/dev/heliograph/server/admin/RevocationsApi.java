package dev.heliograph.server.admin;

import dev.heliograph.server.guard.Change;
import dev.heliograph.server.guard.GuardOperations;
import dev.heliograph.server.guard.Revocation;
import dev.heliograph.server.guard.RuleView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tokens of clients that are not accepted any more.
final class RevocationsApi {

    /// @param jti          left out for those of a user
    /// @param user         left out for the one with the `jti`
    /// @param issuedBefore the first `iat` of the user that is good again, Unix seconds
    record RevocationRow(
            String id,
            @Nullable String jti,
            @Nullable String user,
            @Nullable Long issuedBefore,
            String reason,
            String author,
            long created,
            @Nullable Long expiresAt,
            long hits,
            @Nullable Long lastHit) {
        static RevocationRow of(RuleView<Revocation> view) {
            Revocation each = view.body();
            return new RevocationRow(
                    view.id(),
                    each.jti().isEmpty() ? null : each.jti(),
                    each.user().isEmpty() ? null : each.user(),
                    Guarding.orNull(each.issuedBefore()),
                    each.reason(),
                    each.author(),
                    each.created(),
                    Guarding.orNull(view.expiresAt()),
                    view.hits().hits(),
                    Guarding.orNull(view.hits().last()));
        }
    }

    record RevocationList(List<RevocationRow> revocations, boolean more) {}

    /// Either `jti`, or `user` with `issued_before`.
    ///
    /// @param issuedBefore Unix seconds; the time of the request if left out
    /// @param expiresAt    Unix milliseconds when the tokens themselves have expired; left out for never
    record RevocationWish(
            @Nullable String jti,
            @Nullable String user,
            @Nullable Long issuedBefore,
            @Nullable Long expiresAt) {}

    record RevocationChange(String id, boolean existed, Guarding.PreviewView preview, boolean dryRun) {
        static RevocationChange of(Change<Revocation> change) {
            return new RevocationChange(
                    change.id(), change.before() != null, Guarding.PreviewView.of(change.preview()), change.dryRun());
        }
    }

    private final GuardOperations guard;

    RevocationsApi(GuardOperations guard) {
        this.guard = guard;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/revocations",
                        "revocation.list",
                        Role.VIEWER,
                        "Tokens of clients that are not accepted any more.",
                        List.of(Guarding.TEXT, Guarding.AFTER, Guarding.LIMIT),
                        RevocationList.class,
                        this::revocations),
                Route.change(
                        Route.Method.PUT,
                        "/v1/revocations",
                        "revocation.put",
                        Role.OPERATOR,
                        "Revoke a token by its `jti`, or all that a user was given before a time, and disconnect who uses"
                                + " them.",
                        List.of(),
                        RevocationWish.class,
                        RevocationChange.class,
                        this::revoke),
                Route.change(
                        Route.Method.DELETE,
                        "/v1/revocations",
                        "revocation.delete",
                        Role.OPERATOR,
                        "Take back a revocation.",
                        List.of(Param.needed("id", "Its id, as the list gives it.")),
                        null,
                        RevocationChange.class,
                        call -> {
                            String id = call.text("id").orElse("");
                            call.about(id);
                            return RevocationChange.of(
                                    guard.deleteRevocation(id, Guarding.editor(call), call.dryRun()));
                        }));
    }

    private RevocationList revocations(Call call) {
        var page = guard.revocations(Guarding.text(call), Guarding.after(call), ConnectionsApi.limit(call));
        return new RevocationList(page.rules().stream().map(RevocationRow::of).toList(), page.more());
    }

    private RevocationChange revoke(Call call) {
        RevocationWish wish = call.body(RevocationWish.class);
        String jti = wish.jti();
        String user = wish.user();
        if ((jti == null) == (user == null)) {
            throw AdminException.invalid("either jti or user is needed");
        }
        long expiresAt = Guarding.orZero(wish.expiresAt());
        if (jti != null) {
            if (wish.issuedBefore() != null) {
                throw AdminException.invalid("issued_before is for the tokens of a user");
            }
            call.about("jti:" + jti);
            return RevocationChange.of(guard.revokeToken(jti, expiresAt, Guarding.editor(call), call.dryRun()));
        }
        String whose = Objects.requireNonNull(user);
        call.about("user:" + whose);
        // Tokens of this very second may be newer than the wish.
        long before = Objects.requireNonNullElseGet(wish.issuedBefore(), () -> call.now() / 1_000);
        return RevocationChange.of(guard.revokeTokens(whose, before, expiresAt, Guarding.editor(call), call.dryRun()));
    }
}
