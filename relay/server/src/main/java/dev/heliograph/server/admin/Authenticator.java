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

    private final List<Known> configured = new ArrayList<>();
    private final Map<String, Known> stored = new ConcurrentHashMap<>();
    private final Optional<TokenVerifier> jwt;
    private final String roleClaim;

    /// @param jwt verifies tokens that someone else issues; empty if none is accepted
    Authenticator(AdminConfig config, Optional<TokenVerifier> jwt) {
        for (AdminConfig.Token token : config.tokens()) {
            Role.of(token.role()).ifPresent(role -> configured.add(known(token.name(), role, token.hash())));
        }
        this.jwt = jwt;
        this.roleClaim = config.roleClaim();
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
        return configured.stream().anyMatch(known -> known.name().equals(name));
    }

    /// @param from where the request comes from
    /// @throws AdminException 401 if the token is not accepted, 503 if that cannot be known now
    Operator authenticate(String token, String from) {
        Optional<Known> known = find(TokenHash.digest(token));
        if (known.isPresent()) {
            return new Operator(known.get().name(), known.get().role(), from);
        }
        if (jwt.isEmpty() || token.indexOf('.') < 0) {
            throw AdminException.unauthenticated("the token is not known");
        }
        try {
            OperatorToken verified = jwt.get().verifyOperator(token, roleClaim);
            Role role = Role.of(verified.role())
                    .orElseThrow(() -> AdminException.unauthenticated("the token's role is not known"));
            return new Operator(verified.name(), role, from);
        } catch (TokenException e) {
            throw e.verdict() == TokenException.Verdict.UNAVAILABLE
                    ? AdminException.unavailable("the keys of tokens cannot be fetched now")
                    : AdminException.unauthenticated(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Known> find(byte[] hash) {
        Known found = null;
        for (Known known : configured) {
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
