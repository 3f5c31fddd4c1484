package dev.heliograph.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports that nobody listened on a moment ago; somebody else may take one before it is used. Threadsafe.
public final class FreePort {

    /// Nodes of a Redis cluster talk to each other on their port plus this.
    private static final int BUS = 10_000;

    private static final int HIGHEST = 65_535 - BUS;
    private static final int ATTEMPTS = 1_000;

    private FreePort() {}

    /// A free port of 127.0.0.1 whose bus port is free, too.
    public static int find() {
        try {
            for (int i = 0; i < ATTEMPTS; i++) {
                int port = bind(0);
                if (port <= HIGHEST && isFree(port + BUS)) {
                    return port;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no free port found in " + ATTEMPTS + " attempts");
    }

    private static boolean isFree(int port) {
        try {
            bind(port);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
