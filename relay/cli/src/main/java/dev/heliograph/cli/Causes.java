package dev.heliograph.cli;

import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Says why the network did not do what was asked of it, in the words of who asked.
public final class Causes {

    private Causes() {}

    /// The reason that is furthest down and means something to a reader.
    public static String reason(Throwable failure) {
        return chain(failure)
                .map(Causes::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> plain(chain(failure).reduce(failure, (_, deeper) -> deeper)));
    }

    private static Optional<String> known(Throwable cause) {
        return switch (cause) {
            case BindException bind -> Optional.of(plain(bind));
            case UnresolvedAddressException _ -> Optional.of("unknown host");
            case UnknownHostException _ -> Optional.of("unknown host");
            // The JDK's HTTP client often does not say why; mostly nobody listens there.
            case ConnectException connect
            when connect.getMessage() == null -> Optional.of("cannot connect; is a relay running there?");
            case ConnectException connect -> Optional.of(plain(connect));
            case HttpTimeoutException _ -> Optional.of("no answer in time");
            case WebSocketHandshakeException refused ->
                Optional.of("the handshake was refused with HTTP status "
                        + refused.getResponse().statusCode());
            case SSLException tls -> Optional.of("TLS: " + plain(tls));
            default -> Optional.empty();
        };
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause);
    }

    private static String plain(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
