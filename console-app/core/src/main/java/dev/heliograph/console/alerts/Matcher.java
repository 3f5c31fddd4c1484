package dev.heliograph.console.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What a silence says about one label.
///
/// @param regex whether the value is a pattern for the whole label
/// @param equal whether the label must match, or must not
public record Matcher(String name, String value, boolean regex, boolean equal) {

    private static final Pattern FORM = Pattern.compile(
            "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\",\\s][^,\"]*))");

    /// One for just this value.
    public static Matcher exactly(String name, String value) {
        return new Matcher(name, value, false, true);
    }

    /// Reads `alertname="HandshakeFlood", node=~"relay-.*"`; quotes may be left out where there is no comma.
    ///
    /// @throws IllegalArgumentException with a sentence, if it is none
    public static List<Matcher> parse(String text) {
        List<Matcher> matchers = new ArrayList<>();
        java.util.regex.Matcher form = FORM.matcher(text);
        int at = 0;
        while (at <= text.length()) {
            form.region(at, text.length());
            if (!form.lookingAt()) {
                throw new IllegalArgumentException("'" + text.substring(at).strip()
                        + "' is no matcher; one is written like node=\"relay-1\" or node=~\"relay-.*\"");
            }
            String sign = form.group(2);
            String quoted = form.group(3);
            String value = quoted == null ? form.group(4).strip() : quoted.replaceAll("\\\\(.)", "$1");
            Matcher matcher = new Matcher(form.group(1), value, sign.endsWith("~"), !sign.startsWith("!"));
            matcher.check();
            matchers.add(matcher);
            at = form.end();
            if (at == text.length()) {
                return matchers;
            }
            if (text.charAt(at) != ',') {
                throw new IllegalArgumentException(
                        "a comma is missing before '" + text.substring(at).strip() + "'");
            }
            at++;
        }
        return matchers;
    }

    private void check() {
        if (regex) {
            try {
                Pattern.compile(value);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "'" + value + "' is no regular expression: " + e.getDescription(), e);
            }
        }
    }

    /// Whether an alert with these labels is meant. A label that is not there is empty.
    public boolean matches(Map<String, String> labels) {
        String label = labels.getOrDefault(name, "");
        return (regex ? Pattern.matches(value, label) : value.equals(label)) == equal;
    }

    /// As an operator would write it: `node=~"relay-.*"`.
    public String text() {
        String sign = (equal ? "=" : "!") + (regex ? "~" : equal ? "" : "=");
        return name + sign + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
