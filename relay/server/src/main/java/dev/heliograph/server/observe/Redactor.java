package dev.heliograph.server.observe;

import dev.heliograph.server.config.RelayConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets out of text: tokens (JWT), private keys, credentials in headers, query strings and addresses, and the
/// secrets of the configuration wherever they stand. Immutable; its time grows with the length of the text.
public final class Redactor {

    /// In the place of what was there.
    static final String GONE = "[redacted]";

    /// Shorter ones would be found in ordinary words.
    private static final int MIN_SECRET = 5;

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> RULES = List.of(
            // The header of a JWT is a JSON object, and Base64 of its beginning is this; a cut one is a secret, too.
            new Rule(Pattern.compile("eyJ[A-Za-z0-9_-]{6,}(?:\\.[A-Za-z0-9_-]*+){1,4}"), GONE),
            new Rule(
                    Pattern.compile("-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*+(?:-----END [A-Z ]{0,40}-----)?"),
                    GONE),
            new Rule(
                    Pattern.compile(
                            "(?i)\\b((?:x-api-key|(?:proxy-)?authorization)[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?"
                                    + "(?:(?:bearer|basic|apikey)\\s{1,4})?)[^\\s\"',;]++"),
                    "$1" + GONE),
            new Rule(Pattern.compile("(?i)\\b((?:bearer|apikey)\\s{1,4})[^\\s\"',;]{8,}+"), "$1" + GONE),
            new Rule(
                    Pattern.compile(
                            "(?i)([?&;](?:token|access_token|api_key|apikey|key|password|secret|jwt|ticket)=)[^&\\s\"'#]++"),
                    "$1" + GONE),
            new Rule(Pattern.compile("(://)[^/\\s@?#]{1,512}+@"), "$1" + GONE + "@"));

    private final List<String> secrets;

    private Redactor(List<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= MIN_SECRET)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /// One that knows the forms of secrets, and these.
    public static Redactor of(String... secrets) {
        return new Redactor(List.of(secrets));
    }

    /// One that knows the secrets of a configuration.
    public static Redactor of(RelayConfig config) {
        List<String> secrets = new ArrayList<>();
        secrets.add(config.client().token().hmacSecretKey());
        secrets.add(config.client().subscriptionToken().hmacSecretKey());
        secrets.add(config.httpApi().key());
        secrets.add(config.redis().password());
        return new Redactor(secrets);
    }

    public String redact(String text) {
        String safe = text;
        for (String secret : secrets) {
            safe = safe.replace(secret, GONE);
        }
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern().matcher(safe);
            if (matcher.find()) {
                safe = matcher.replaceAll(rule.replacement());
            }
        }
        return safe;
    }
}
