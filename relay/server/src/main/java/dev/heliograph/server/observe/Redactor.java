package dev.heliograph.server.observe;

import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.config.TokenConfig;
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
            new Rule(
                    Pattern.compile("-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*+(?:-----END [A-Z ]{0,40}-----)?"),
                    GONE),
            new Rule(
                    Pattern.compile("(?i)\\b((?:x-api-key|(?:proxy-)?authorization)[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?"
                            + "(?:(?:bearer|basic|apikey)\\s{1,4})?)[^\\s\"',;]++"),
                    "$1" + GONE),
            new Rule(Pattern.compile("(?i)\\b((?:bearer|apikey)\\s{1,4})[^\\s\"',;]{8,}+"), "$1" + GONE),
            new Rule(
                    Pattern.compile(
                            "(?i)([?&;](?:token|access_token|api_key|apikey|key|password|secret|jwt|ticket)=)[^&\\s\"'#]++"),
                    "$1" + GONE),
            new Rule(Pattern.compile("(://)[^/\\s@?#]{1,512}+@"), "$1" + GONE + "@"));

    /// The header of a JWT is a JSON object, and this is Base64 of its beginning.
    private static final String TOKEN = "eyJ";

    private static final int MIN_HEADER = 9;

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
        for (TokenConfig tokens : List.of(
                config.client().token(),
                config.client().subscriptionToken(),
                config.admin().jwt())) {
            secrets.add(tokens.hmacSecretKey());
            secrets.add(tokens.hmacPreviousSecretKey());
        }
        secrets.add(config.httpApi().key());
        secrets.add(config.httpApi().previousKey());
        secrets.add(config.redis().password());
        return new Redactor(secrets);
    }

    public String redact(String text) {
        String safe = withoutTokens(text);
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

    /// Takes out tokens, whole or cut off behind their header. (As a pattern this would look at each place of a
    /// long text as often as it holds the beginning of a token.)
    private static String withoutTokens(String text) {
        int begin = text.indexOf(TOKEN);
        if (begin < 0) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        int copied = 0;
        while (begin >= 0) {
            int end = endOfPart(text, begin);
            boolean token = end - begin >= MIN_HEADER && end < text.length() && text.charAt(end) == '.';
            if (token) {
                while (end < text.length() && text.charAt(end) == '.') {
                    end = endOfPart(text, end + 1);
                }
                safe.append(text, copied, begin).append(GONE);
                copied = end;
            }
            begin = text.indexOf(TOKEN, end);
        }
        return safe.append(text, copied, text.length()).toString();
    }

    private static int endOfPart(String text, int from) {
        int at = from;
        while (at < text.length() && isBase64Url(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBase64Url(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
