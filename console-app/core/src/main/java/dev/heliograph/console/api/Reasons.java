package dev.heliograph.console.api;

import dev.heliograph.console.text.Messages;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/// Says why the network did not do what was asked of it.
final class Reasons {

    private Reasons() {}

    /// The reason that is furthest up and means something to an operator.
    static String of(Throwable failure) {
        return chain(failure)
                .map(Reasons::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> plain(chain(failure).reduce(failure, (_, deeper) -> deeper)));
    }

    /// Whether it failed before anything of the request was sent.
    static boolean nothingSent(Throwable failure) {
        return chain(failure)
                .anyMatch(each -> each instanceof ConnectException
                        || each instanceof HttpConnectTimeoutException
                        || each instanceof UnresolvedAddressException
                        || each instanceof UnknownHostException
                        || each instanceof SSLHandshakeException);
    }

    private static Optional<String> known(Throwable cause) {
        return switch (cause) {
            case UntrustedCertificateException untrusted -> Optional.of(untrusted.sentence());
            case UnresolvedAddressException _ -> Optional.of(Messages.text("link.reason.host"));
            case UnknownHostException _ -> Optional.of(Messages.text("link.reason.host"));
            case HttpConnectTimeoutException _ -> Optional.of(Messages.text("link.reason.connect-timeout"));
            case HttpTimeoutException _ -> Optional.of(Messages.text("link.reason.timeout"));
            case TimeoutException _ -> Optional.of(Messages.text("link.reason.timeout"));
            // The JDK does not say what else it was than an unknown host, which is further down in it.
            case ConnectException connect
            when connect.getMessage() == null
                    && chain(connect).noneMatch(UnresolvedAddressException.class::isInstance) ->
                Optional.of(Messages.text("link.reason.refused"));
            case SSLException tls
            when chain(tls).noneMatch(UntrustedCertificateException.class::isInstance) ->
                Optional.of(Messages.text("link.reason.tls", plain(chain(tls).reduce(tls, (_, deeper) -> deeper))));
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
