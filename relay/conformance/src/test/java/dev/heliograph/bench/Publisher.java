package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/// One client that publishes payloads of a size, each with the time it was sent.
final class Publisher implements AutoCloseable {

    private final Socket socket;
    private final String channel;
    private final int size;
    private long id = 1;

    /// @param size bytes of a payload
    Publisher(int port, String channel, int size) {
        this.channel = channel;
        this.size = size;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.getOutputStream()
                    .write(("GET /connection/websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                            .getBytes(UTF_8));
            String head = "";
            InputStream in = socket.getInputStream();
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) in.read();
            }
            send("{\"id\":1,\"connect\":{}}");
            Thread.ofVirtual().start(() -> drain(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drain(InputStream in) {
        byte[] buffer = new byte[65_536];
        try {
            while (true) {
                int count = in.read(buffer);
                if (count < 0) {
                    return;
                }
                if (count == 4 && buffer[2] == '{' && buffer[3] == '}') {
                    send("{}");
                }
            }
        } catch (IOException | UncheckedIOException _) {
            // Closed.
        }
    }

    private synchronized void send(String json) {
        try {
            socket.getOutputStream().write(Masked.text(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void publish() {
        String data = "{\"at\":" + System.nanoTime() + ",\"p\":\"";
        data += "x".repeat(Math.max(0, size - data.length() - 2)) + "\"}";
        send("{\"id\":" + ++id + ",\"publish\":{\"channel\":\"" + channel + "\",\"data\":" + data + "}}");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
