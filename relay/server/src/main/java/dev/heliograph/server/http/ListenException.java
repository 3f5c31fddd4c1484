package dev.heliograph.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// A server cannot listen where it should. The message says where and why, as `cannot listen on ADDRESS:PORT: REASON`.
public final class ListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ListenException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Asks the system once more, since Helidon keeps its answer to itself.
    ///
    /// @param address empty for all of the host
    public static ListenException at(String address, int port) {
        String host = address.isEmpty() ? "0.0.0.0" : address.contains(":") ? "[" + address + "]" : address;
        IOException why = why(address, port);
        return new ListenException("cannot listen on %s:%d: %s".formatted(host, port, why.getMessage()), why);
    }

    private static IOException why(String address, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(address.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(address, port));
            return new IOException("the web server did not start");
        } catch (IOException e) {
            return e;
        }
    }
}
