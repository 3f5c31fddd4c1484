package dev.heliograph.server.config;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What of a configuration others may see. A text is taken for a secret unless it is listed here, so that a new setting
/// shows no more than it should; of lists and addresses the parts are left out that are, or may be, credentials.
final class Disclosure {

    /// Settings of type text that hold no secret; others may.
    private static final Set<String> HARMLESS = Set.of(
            "http_server.address",
            "admin.address",
            "admin.jwt.role_claim",
            "admin.jwt.user_id_claim",
            "broker.redis.sentinel_master_name",
            "broker.redis.prefix",
            "broker.redis.tls.server_name",
            "client.token.user_id_claim",
            "client.subscription_token.user_id_claim",
            "control.directory",
            "metrics.address",
            "node.name",
            "node.address",
            "node.colour",
            "channel.private_prefix",
            "channel.namespace_boundary",
            "channel.user_boundary",
            "channel.user_separator");

    /// Certificates: the path of a file may be seen, and their text is too long to be shown.
    private static final Set<String> CERTIFICATES = Set.of(
            "http_server.tls.cert_pem",
            "admin.tls.cert_pem",
            "admin.tls.client_ca_pem",
            "broker.redis.tls.server_ca_pem",
            "broker.redis.tls.cert_pem");

    /// User and password of an address, with or without a scheme before them.
    private static final Pattern CREDENTIALS = Pattern.compile("^([a-zA-Z][-+.a-zA-Z0-9]*://)?[^/]*@");

    /// The hash of an operator's token.
    private static final Pattern HASH = Pattern.compile(":sha256:.*");

    private static final String GONE = "[hidden]";

    private Disclosure() {}

    /// The value of a setting as others may see it, in one line; empty if they may only know whether it is set.
    static Optional<String> of(Setting setting, String value) {
        return switch (setting.type()) {
            case Type.Text _ -> text(setting.key(), value);
            case Type.PublicKeyPem _ -> Optional.empty();
            case Type.Url _ -> Optional.of(line(url(value)));
            case Type.Texts list ->
                Optional.of(list.parse(value).texts().stream()
                        .map(Disclosure::entry)
                        .collect(Collectors.joining(", ")));
            case Type.Words _, Type.Regex _, Type.HttpPath _, Type.Flag _, Type.Whole _, Type.Time _, Type.Size _ ->
                Optional.of(line(value));
        };
    }

    private static Optional<String> text(String key, String value) {
        boolean path = CERTIFICATES.contains(key) && !HttpServerConfig.isPem(value);
        return path || HARMLESS.contains(key) ? Optional.of(line(value)) : Optional.empty();
    }

    /// An entry of a list as others may see it, in one line.
    static String entry(String text) {
        return HASH.matcher(line(withoutCredentials(text))).replaceFirst(":sha256:" + GONE);
    }

    private static String url(String text) {
        int query = text.indexOf('?');
        return withoutCredentials(query < 0 ? text : text.substring(0, query + 1) + GONE);
    }

    private static String withoutCredentials(String text) {
        Matcher credentials = CREDENTIALS.matcher(text);
        // The name in an operator's token may have an @.
        return text.contains(":sha256:") ? text : credentials.replaceFirst("$1" + Matcher.quoteReplacement(GONE + "@"));
    }

    /// In one line, whatever a file holds.
    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
