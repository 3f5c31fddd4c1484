package dev.heliograph.server.config;

/// Section `client.token`: which tokens are accepted. Empty strings mean not configured; without any key every token is
/// invalid.
///
/// @param hmacSecretKey         for HS256, HS384, HS512
/// @param hmacPreviousSecretKey for what that one does not verify
/// @param rsaPublicKey          PEM (or certificate PEM), for RS256, RS384, RS512
/// @param ecdsaPublicKey        PEM, for ES256, ES384, ES512
/// @param jwksPublicEndpoint    URL of a JSON Web Key Set
/// @param audience              required value in `aud`, if set
/// @param audienceRegex         pattern one value of `aud` must match, if set
/// @param issuer                required `iss`, if set
/// @param issuerRegex           pattern `iss` must match, if set
/// @param userIdClaim           claim that holds the user id; empty for `sub`
public record TokenConfig(
        String hmacSecretKey,
        String hmacPreviousSecretKey,
        String rsaPublicKey,
        String ecdsaPublicKey,
        String jwksPublicEndpoint,
        String audience,
        String audienceRegex,
        String issuer,
        String issuerRegex,
        String userIdClaim) {

    public static final TokenConfig NONE = new TokenConfig("", "", "", "", "", "", "", "", "", "");

    /// Accepts tokens signed with one HMAC secret.
    public static TokenConfig hmac(String secret) {
        return new TokenConfig(secret, "", "", "", "", "", "", "", "", "");
    }

    static TokenConfig from(Values v, String prefix) {
        return new TokenConfig(
                v.string(prefix + "hmac_secret_key"),
                v.previous(prefix + "hmac_previous_secret_key", prefix + "hmac_secret_key"),
                v.string(prefix + "rsa_public_key"),
                v.string(prefix + "ecdsa_public_key"),
                v.string(prefix + "jwks_public_endpoint"),
                v.string(prefix + "audience"),
                v.string(prefix + "audience_regex"),
                v.string(prefix + "issuer"),
                v.string(prefix + "issuer_regex"),
                v.string(prefix + "user_id_claim"));
    }

    /// Whether any key is configured. There is no previous secret without one that took its place.
    public boolean configured() {
        return !(hmacSecretKey + rsaPublicKey + ecdsaPublicKey + jwksPublicEndpoint).isEmpty();
    }

    /// No secret ever shows up in a log, nor does an address, which may carry a password.
    @Override
    public String toString() {
        return "TokenConfig[hmac=%s, hmacPrevious=%s, rsa=%s, ecdsa=%s, jwks=%s]"
                .formatted(
                        set(hmacSecretKey),
                        set(hmacPreviousSecretKey),
                        set(rsaPublicKey),
                        set(ecdsaPublicKey),
                        set(jwksPublicEndpoint));
    }

    private static String set(String secret) {
        return secret.isEmpty() ? "" : "***";
    }
}
