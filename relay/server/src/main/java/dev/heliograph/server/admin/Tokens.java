package dev.heliograph.server.admin;

import dev.heliograph.server.config.AdminConfig;
import dev.heliograph.server.control.Control;
import dev.heliograph.server.control.Document;
import dev.heliograph.server.control.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Operators' tokens: those of the configuration, to see; those of the store, to make and to revoke.
final class Tokens {

    private static final Pattern NAME = Pattern.compile("[-._@a-zA-Z0-9]{1,64}");

    /// @param source    `configuration` or `store`
    /// @param author    who made it
    /// @param created   in Unix milliseconds
    /// @param expiresAt in Unix milliseconds
    record TokenRow(
            String name,
            String role,
            String source,
            @Nullable String author,
            @Nullable Long created,
            @Nullable Long expiresAt) {}

    record TokenList(List<TokenRow> tokens) {}

    /// @param expiresAt in Unix milliseconds; left out for never
    record NewToken(String name, String role, @Nullable Long expiresAt) {}

    /// @param token shown once, and never again; left out in a dry run
    record MadeToken(TokenRow row, @Nullable String token, boolean dryRun) {}

    record Revoked(TokenRow row, boolean dryRun) {}

    private final Control control;
    private final Supplier<AdminConfig> config;
    private final Authenticator authenticator;

    Tokens(Control control, Supplier<AdminConfig> config, Authenticator authenticator) {
        this.control = control;
        this.config = config;
        this.authenticator = authenticator;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/tokens",
                        "token.list",
                        Role.ADMIN,
                        "Who has a token.",
                        List.of(),
                        TokenList.class,
                        _ -> list()),
                Route.change(
                        Route.Method.POST,
                        "/v1/tokens",
                        "token.create",
                        Role.ADMIN,
                        "Make a token; the answer is the only place where it is shown.",
                        List.of(),
                        NewToken.class,
                        MadeToken.class,
                        this::create),
                Route.change(
                        Route.Method.DELETE,
                        "/v1/tokens/{name}",
                        "token.revoke",
                        Role.ADMIN,
                        "Revoke a token that was made here.",
                        List.of(),
                        null,
                        Revoked.class,
                        this::revoke));
    }

    private TokenList list() {
        List<TokenRow> rows = new ArrayList<>();
        config.get()
                .tokens()
                .forEach(
                        token -> rows.add(new TokenRow(token.name(), token.role(), "configuration", null, null, null)));
        control.all(StoredToken.TYPE)
                .forEach(document -> rows.add(row(document.id(), document.body(), document.expiresAt())));
        return new TokenList(rows);
    }

    private static TokenRow row(String name, StoredToken token, long expiresAt) {
        return new TokenRow(
                name, token.role(), "store", token.author(), token.created(), expiresAt == 0 ? null : expiresAt);
    }

    private MadeToken create(Call call) {
        NewToken wish = call.body(NewToken.class);
        if (!NAME.matcher(wish.name()).matches()) {
            throw AdminException.invalid("name is not 1 to 64 letters, digits, '-', '.', '_' and '@'");
        }
        if (Role.of(wish.role()).isEmpty()) {
            throw AdminException.invalid("role is none of " + String.join(", ", AdminConfig.ROLES));
        }
        long expiresAt = Optional.ofNullable(wish.expiresAt()).orElse(0L);
        if (wish.expiresAt() != null && expiresAt <= call.now()) {
            throw AdminException.invalid("expires_at is not in the future");
        }
        if (authenticator.isConfigured(wish.name())) {
            throw AdminException.conflict("the configuration has a token '" + wish.name() + "' already");
        }
        String token = TokenHash.newToken();
        StoredToken stored = new StoredToken(
                wish.role(), TokenHash.of(token), call.operator().name(), call.now());
        TokenRow row = row(wish.name(), stored, expiresAt);
        if (call.dryRun()) {
            if (control.find(StoredToken.TYPE, wish.name()).isPresent()) {
                throw AdminException.conflict("there is a token '" + wish.name() + "' already");
            }
            return new MadeToken(row, null, true);
        }
        control.commit(
                List.of(new Edit.Put<>(StoredToken.TYPE, wish.name(), stored, expiresAt, 0)),
                call.entry(wish.name(), null, row, "ok"));
        return new MadeToken(row, token, false);
    }

    private Revoked revoke(Call call) {
        String name = call.path("name");
        Document<StoredToken> document = control.find(StoredToken.TYPE, name)
                .orElseThrow(() -> AdminException.notFound(
                        authenticator.isConfigured(name)
                                ? "'" + name + "' is in the configuration; take it out there and reload"
                                : "there is no token '" + name + "'"));
        TokenRow row = row(name, document.body(), document.expiresAt());
        if (!call.dryRun()) {
            control.commit(
                    List.of(new Edit.Delete<>(StoredToken.TYPE, name, document.revision())),
                    call.entry(name, row, null, "ok"));
        }
        return new Revoked(row, call.dryRun());
    }
}
