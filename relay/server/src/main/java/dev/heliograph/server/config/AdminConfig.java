package dev.heliograph.server.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Section `admin`: the API of operators.
///
/// @param port      0 for a free one
/// @param tokens    opaque ones, by their hashes
/// @param jwt       keys and claims of tokens that someone else issues; without a key none is accepted
/// @param roleClaim claim of such a token that holds the role
public record AdminConfig(
        boolean enabled,
        String address,
        int port,
        List<Token> tokens,
        TokenConfig jwt,
        String roleClaim,
        AdminTls tls) {

    private static final String TOKENS = "admin.tokens";

    private static final Pattern TOKEN = Pattern.compile("([-._@a-zA-Z0-9]{1,64}):([a-z]+):sha256:([0-9a-fA-F]{64})");

    /// An opaque token.
    ///
    /// @param name of who has it, for the audit record
    /// @param role one of [#ROLES]
    /// @param hash SHA-256 of the token, 64 lower-case hexadecimal digits
    public record Token(String name, String role, String hash) {}

    /// What a token can allow, from least to most.
    public static final List<String> ROLES = List.of("viewer", "operator", "admin");

    /// TLS of the API.
    ///
    /// @param cert     the certificate chain: PEM, or the path of a file
    /// @param key      the private key: PKCS#8 PEM, or the path of a file
    /// @param clientCa authorities one of which must have signed the certificate of a client; empty to ask for
    ///                 none
    public record AdminTls(boolean enabled, String cert, String key, String clientCa) {

        /// Where its certificate is, if it is enabled.
        public TlsSource source() {
            return new TlsSource("admin.tls", cert, key, clientCa);
        }

        /// The key never shows up in a log.
        @Override
        public String toString() {
            return "AdminTls[enabled=%s, clientCa=%s]".formatted(enabled, !clientCa.isEmpty());
        }
    }

    public AdminConfig {
        tokens = List.copyOf(tokens);
    }

    static AdminConfig from(Values v) {
        AdminConfig config = new AdminConfig(
                v.bool("admin.enabled"),
                v.string("admin.address"),
                v.integer("admin.port"),
                tokens(v),
                TokenConfig.from(v, "admin.jwt."),
                v.string("admin.jwt.role_claim"),
                new AdminTls(
                        v.bool("admin.tls.enabled"),
                        v.string("admin.tls.cert_pem"),
                        v.string("admin.tls.key_pem"),
                        v.string("admin.tls.client_ca_pem")));
        if (config.enabled) {
            config.check(v);
        }
        return config;
    }

    private static List<Token> tokens(Values v) {
        List<Token> tokens = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String text : v.list(TOKENS)) {
            Matcher parts = TOKEN.matcher(text.strip());
            // What is wrong is not quoted: it may be a token that should have been hashed.
            if (!parts.matches()) {
                v.problem(TOKENS, "entry " + (tokens.size() + 1) + " is not NAME:ROLE:sha256:HASH");
            } else if (!ROLES.contains(parts.group(2))) {
                v.problem(TOKENS, "role '" + parts.group(2) + "' is none of " + String.join(", ", ROLES));
            } else if (!names.add(parts.group(1))) {
                v.problem(TOKENS, "'" + parts.group(1) + "' is there twice");
            } else {
                tokens.add(
                        new Token(parts.group(1), parts.group(2), parts.group(3).toLowerCase(Locale.ROOT)));
            }
        }
        return tokens;
    }

    private void check(Values v) {
        if (roleClaim.isEmpty()) {
            v.problem("admin.jwt.role_claim", "must not be empty");
        }
        if (!tls.enabled()) {
            if (!tls.clientCa().isEmpty()) {
                v.problem("admin.tls.enabled", "must be true for admin.tls.client_ca_pem");
            }
            return;
        }
        tls.source().check(v::problem);
    }
}
