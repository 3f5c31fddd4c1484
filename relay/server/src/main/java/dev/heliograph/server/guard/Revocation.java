package dev.heliograph.server.guard;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.heliograph.server.control.DocumentType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tokens that are not accepted any more, though their signatures hold: one by its `jti`, or a user's that were issued
/// before some time. Whoever is connected with one is disconnected (3500).
///
/// @param jti          empty for those of the user
/// @param user         empty for the one with the `jti`
/// @param issuedBefore `iat` of the user's first good token, in Unix seconds; a token without `iat` is taken for older
/// @param reason       for operators; never shown to clients
/// @param author       who put it down
/// @param created      in Unix milliseconds
public record Revocation(String jti, String user, long issuedBefore, String reason, String author, long created) {

    public static final DocumentType<Revocation> TYPE = new DocumentType<>("revocation", Revocation.class);

    /// @throws IllegalArgumentException if it is not either of the two
    public Revocation(
            @Nullable String jti,
            @Nullable String user,
            long issuedBefore,
            @Nullable String reason,
            @Nullable String author,
            long created) {
        this.jti = Objects.requireNonNullElse(jti, "");
        this.user = Objects.requireNonNullElse(user, "");
        this.issuedBefore = issuedBefore;
        this.reason = Objects.requireNonNullElse(reason, "");
        this.author = Objects.requireNonNullElse(author, "");
        this.created = created;
        if (this.jti.isEmpty() == this.user.isEmpty()) {
            throw new IllegalArgumentException("a revocation is for a jti or for a user");
        }
        if (!this.user.isEmpty() && issuedBefore <= 0) {
            throw new IllegalArgumentException("a revocation of a user's tokens needs a time of issue");
        }
    }

    /// The document's id: one for each token, and one for each user.
    @JsonIgnore
    public String id() {
        return jti.isEmpty() ? "user:" + user : "jti:" + jti;
    }
}
