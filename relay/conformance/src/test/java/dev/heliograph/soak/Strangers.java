package dev.heliograph.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.heliograph.bench.Masked;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/// Those that a relay must not let in, one after the other: with a token that is not its own, to a place that is none,
/// and with what is no handshake; and those that hang up in the middle of one. For one thread, but for the counts.
final class Strangers {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int MOST = 64 * 1024;
    private static final String UPGRADE = "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    private static final String HANDSHAKE = "GET /connection/websocket HTTP/1.1\r\n" + UPGRADE;

    /// Of the close frame for a token that is not good.
    private static final String INVALID_TOKEN = "invalid token";

    private interface Visit {
        /// @return whether it was refused
        boolean refused(Socket socket) throws IOException;
    }

    private final List<Visit> kinds = List.of(
            Strangers::badToken,
            socket -> turnedAway(socket, "GET /nothing HTTP/1.1\r\n" + UPGRADE),
            socket -> turnedAway(socket, "GET /connection/websocket HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            socket -> turnedAway(socket, "\u0016\u0003\u0001 nothing at all\r\n\r\n"),
            Strangers::hangUp);

    private final int port;
    private int next;
    private volatile long refused;
    private volatile long admitted;

    Strangers(int port) {
        this.port = port;
    }

    /// One more comes; those of all kinds take turns.
    ///
    /// @throws IOException if the relay does not answer
    void come() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            if (kinds.get(next++ % kinds.size()).refused(socket)) {
                refused++;
            } else {
                admitted++;
            }
        }
    }

    long refused() {
        return refused;
    }

    long admitted() {
        return admitted;
    }

    private static boolean badToken(Socket socket) throws IOException {
        send(socket, HANDSHAKE);
        readUntil(socket.getInputStream(), "\r\n\r\n");
        socket.getOutputStream().write(Masked.text("{\"id\":1,\"connect\":{\"token\":\"not.a.token\"}}"));
        return readUntil(socket.getInputStream(), INVALID_TOKEN).contains(INVALID_TOKEN);
    }

    /// By a status of a client's fault, or without a word.
    private static boolean turnedAway(Socket socket, String request) throws IOException {
        send(socket, request);
        String answer = readUntil(socket.getInputStream(), "\r\n");
        return answer.isEmpty() || answer.startsWith("HTTP/1.1 4");
    }

    private static boolean hangUp(Socket socket) throws IOException {
        send(socket, HANDSHAKE.substring(0, HANDSHAKE.length() / 2));
        return true;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /// Reads up to some text, or the end.
    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        int next;
        while (text.indexOf(end) < 0 && text.length() < MOST && (next = in.read()) >= 0) {
            text.append((char) next);
        }
        return text.toString();
    }
}
