package dev.heliograph.server.admin;

import dev.heliograph.server.auth.OperatorToken;
import dev.heliograph.server.auth.TokenException;
import dev.heliograph.server.auth.TokenVerifier;
import dev.heliograph.server.config.AdminConfig;
import dev.heliograph.server.control.Document;
import dev.heliograph.server.control.DocumentListener;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds out who has a token: an opaque one of the configuration or of the store, or a JWT. Hears which opaque ones the
/// store has. Threadsafe.
///
/// All known hashes are compared, each in constant time: how long an answer takes tells nothing.
final class Authenticator implements DocumentListener<StoredToken> {

    private record Known(String name, Role role, byte[] hash) {}

    /// What the configuration says.
    ///
    /// @param jwt verifies tokens that someone else issues; empty if none is accepted
    record Settings(AdminConfig config, Optional<TokenVerifier> jwt) {}

    private record Configured(List<Known> tokens, Optional<TokenVerifier> jwt, String roleClaim) {
        static Configured of(Settings settings) {
            List<Known> tokens = new ArrayList<>();
            for (AdminConfig.Token token : settings.config().tokens()) {
                Role.of(token.role()).ifPresent(role -> tokens.add(known(token.name(), role, token.hash())));
            }
            return new Configured(tokens, settings.jwt(), settings.config().roleClaim());
        }
    }

    private final Map<String, Known> stored = new ConcurrentHashMap<>();
    private volatile Configured configured;

    Authenticator(Settings settings) {
        configured = Configured.of(settings);
    }

    /// Takes other settings instead of those before.
    void configure(Settings settings) {
        configured = Configured.of(settings);
    }

    private static Known known(String name, Role role, String hash) {
        return new Known(name, role, HexFormat.of().parseHex(hash));
    }

    @Override
    public void put(Document<StoredToken> document) {
        StoredToken token = document.body();
        // A role that a later version knows is none here.
        Role.of(token.role())
                .ifPresentOrElse(
                        role -> stored.put(document.id(), known(document.id(), role, token.hash())),
                        () -> stored.remove(document.id()));
    }

    @Override
    public void removed(String id) {
        stored.remove(id);
    }

    /// Whether a name is that of a token of the configuration.
    boolean isConfigured(String name) {
        return configured.tokens().stream().anyMatch(known -> known.name().equals(name));
    }

    /// @param from where the request comes from
    /// @throws AdminException 401 if the token is not accepted, 503 if that cannot be known now
    Operator authenticate(String token, String from) {
        Configured now = configured;
        Optional<Known> known = find(now, TokenHash.digest(token));
        if (known.isPresent()) {
            return new Operator(known.get().name(), known.get().role(), from);
        }
        if (now.jwt().isEmpty() || token.indexOf('.') < 0) {
            throw AdminException.unauthenticated(AccessFailure.UNKNOWN, "the token is not known");
        }
        try {
            OperatorToken verified = now.jwt().get().verifyOperator(token, now.roleClaim());
            Role role = Role.of(verified.role())
                    .orElseThrow(() ->
                            AdminException.unauthenticated(AccessFailure.INVALID, "the token's role is not known"));
            return new Operator(verified.name(), role, from);
        } catch (TokenException e) {
            String reason = String.valueOf(e.getMessage());
            throw switch (e.verdict()) {
                case UNAVAILABLE -> AdminException.undecided("the keys of tokens cannot be fetched now");
                case EXPIRED -> AdminException.unauthenticated(AccessFailure.EXPIRED, reason);
                case INVALID -> AdminException.unauthenticated(AccessFailure.INVALID, reason);
            };
        }
    }

    private Optional<Known> find(Configured now, byte[] hash) {
        Known found = null;
        for (Known known : now.tokens()) {
            if (MessageDigest.isEqual(known.hash(), hash)) {
                found = known;
            }
        }
        for (Known known : stored.values()) {
            if (MessageDigest.isEqual(known.hash(), hash)) {
                found = known;
            }
        }
        return Optional.ofNullable(found);
    }
}
