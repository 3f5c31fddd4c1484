package dev.heliograph.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import java.util.Arrays;

/// Ends a connection after the answer to a request that asks for it (`Connection: close`, RFC 9112 section 9.6), which
/// Helidon leaves open until it is idle for long. A path that nobody serves is none of these requests.
public final class ConnectionClose {

    private ConnectionClose() {}

    /// Has all routes heed it; to be called before other filters are added.
    public static void heed(HttpRouting.Builder http) {
        http.addFilter((chain, request, response) -> {
            if (!asked(request.headers())) {
                chain.proceed();
                return;
            }
            response.header(HeaderValues.CONNECTION_CLOSE);
            try {
                chain.proceed();
            } catch (RuntimeException e) {
                // What Helidon answers then, it answers later; it would not be the end.
                response.headers().remove(HeaderNames.CONNECTION);
                throw e;
            }
            throw new CloseConnectionException("as the client asks");
        });
    }

    private static boolean asked(Headers headers) {
        return headers.contains(HeaderNames.CONNECTION)
                && headers.values(HeaderNames.CONNECTION).stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }
}
