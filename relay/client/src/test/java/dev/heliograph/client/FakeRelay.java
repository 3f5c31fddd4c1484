package dev.heliograph.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heliograph.protocol.Encoding;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The server's side of a conversation: accepts WebSockets on a local port and leaves to the test what is said.
final class FakeRelay implements AutoCloseable {

    /// Far more than anything takes; a test that waits so long has failed.
    static final int PATIENCE_SECONDS = 20;

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Encoding encoding;
    private final ServerSocket listening;
    private final BlockingQueue<FakePeer> peers = new LinkedBlockingQueue<>();

    /// A socket that nobody holds is closed by the garbage collector, whatever the test meant.
    private final Queue<FakePeer> all = new ConcurrentLinkedQueue<>();

    FakeRelay(Encoding encoding) {
        this.encoding = encoding;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:%d/connection/websocket".formatted(listening.getLocalPort()));
    }

    /// The next connection, after its handshake.
    FakePeer peer() {
        try {
            FakePeer peer = peers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (peer == null) {
                throw new AssertionError("no connection came");
            }
            return peer;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean hasConnection() {
        return !peers.isEmpty();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> handshake(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void handshake(Socket socket) {
        try {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String key = "";
            String subprotocol = "";
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).strip();
                if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
                    key = value;
                } else if (line.regionMatches(true, 0, "Sec-WebSocket-Protocol:", 0, 23)) {
                    subprotocol = "Sec-WebSocket-Protocol: " + value + "\r\n";
                }
            }
            String accept = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII)));
            String response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + subprotocol + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n";
            socket.getOutputStream().write(response.getBytes(US_ASCII));
            FakePeer peer = new FakePeer(socket, in, encoding);
            all.add(peer);
            peers.add(peer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c != -1; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (FakePeer peer : all) {
                peer.drop();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
