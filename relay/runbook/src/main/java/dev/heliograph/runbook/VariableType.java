package dev.heliograph.runbook;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the value of a variable may be. Values come from labels of alerts, which anybody may have had a hand in, and
/// from operators in a hurry: what is not of the type is refused, and so none can change what a step does.
public enum VariableType {
    /// An address or a network in CIDR notation.
    NETWORK,
    /// One address.
    ADDRESS,
    /// The name of a node, an alert or the like: letters, digits and `. _ : -`.
    NAME,
    /// A decimal number, not negative.
    NUMBER,
    /// `90s`, `1h30m`.
    DURATION,
    /// Any text of up to 256 characters in one line. In a query it becomes a quoted text that means just itself.
    TEXT;

    private static final int LONGEST = 256;
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,12}(\\.\\d{1,6})?");
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]+(:\\d{1,3}(\\.\\d{1,3}){3})?");
    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");
    private static final String SPECIAL = "*?[]{},\\\"";

    /// The word for it in a runbook.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<VariableType> of(String word) {
        for (VariableType type : values()) {
            if (type.word().equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /// Whether this is a value of the type.
    public boolean accepts(String value) {
        return switch (this) {
            case NETWORK -> isNetwork(value);
            case ADDRESS -> isAddress(value);
            case NAME -> NAMES.matcher(value).matches();
            case NUMBER -> NUMBERS.matcher(value).matches();
            case DURATION -> Spans.parse(value).isPresent();
            case TEXT ->
                !value.isEmpty() && value.length() <= LONGEST && value.chars().noneMatch(Character::isISOControl);
        };
    }

    /// The value as a part of a query.
    String inQuery(String value) {
        if (this != TEXT) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            if (SPECIAL.indexOf(value.charAt(i)) >= 0) {
                quoted.append('\\');
            }
            quoted.append(value.charAt(i));
        }
        return quoted.append('"').toString();
    }

    private static boolean isNetwork(String value) {
        int slash = value.indexOf('/');
        if (slash < 0) {
            return isAddress(value);
        }
        String prefix = value.substring(slash + 1);
        String address = value.substring(0, slash);
        return isAddress(address)
                && PREFIX.matcher(prefix).matches()
                && Integer.parseInt(prefix) <= (address.indexOf(':') < 0 ? 32 : 128);
    }

    private static boolean isAddress(String value) {
        if (!IPV4.matcher(value).matches()
                && !(value.indexOf(':') >= 0 && IPV6.matcher(value).matches())) {
            return false;
        }
        try {
            InetAddress.ofLiteral(value);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
