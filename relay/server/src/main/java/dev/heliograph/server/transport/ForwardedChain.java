package dev.heliograph.server.transport;

import dev.heliograph.server.config.HttpServerConfig.ForwardedHeader;
import dev.heliograph.server.ip.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Whom a request passed, as proxies write it: each adds at the end where it got the request from. Only the end of a
/// chain was written by proxies of ours; what is in front of it may come from anyone.
final class ForwardedChain {

    private ForwardedChain() {}

    /// The hops of a header, nearest first; one that is no address is empty.
    ///
    /// @param lines the header's values in their order
    static Stream<Optional<IpAddress>> nearestFirst(ForwardedHeader header, List<String> lines) {
        List<String> elements = elements(String.join(",", lines));
        return elements.reversed().stream()
                .map(element -> header == ForwardedHeader.FORWARDED ? forParameter(element) : element)
                .map(ForwardedChain::hop);
    }

    /// The address of a hop: `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]` or
    /// `[2001:db8::1]:4711`.
    private static Optional<IpAddress> hop(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            boolean whole = end >= 0 && (end == text.length() - 1 || isPort(text.substring(end + 1)));
            String inside = whole ? text.substring(1, end) : "";
            return inside.indexOf(':') < 0 ? Optional.empty() : IpAddress.find(inside);
        }
        int colon = text.indexOf(':');
        boolean port = colon >= 0 && colon == text.lastIndexOf(':') && isPort(text.substring(colon));
        return IpAddress.find(port ? text.substring(0, colon) : text);
    }

    private static boolean isPort(String text) {
        return text.matches(":\\d{1,5}");
    }

    /// The value of `for` in an element of `Forwarded` (RFC 7239 section 4); empty if there is none, or two.
    private static String forParameter(String element) {
        String found = "";
        for (String pair : split(element, ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && pair.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals("for")) {
                if (!found.isEmpty()) {
                    return "";
                }
                found = unquoted(pair.substring(equals + 1).strip());
            }
        }
        return found;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static List<String> elements(String header) {
        return split(header, ',');
    }

    /// Splits where a separator is not within quotes. A quote that does not end takes the rest with it, which
    /// makes that one element, the last, unreadable.
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
