package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
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

    /// Reads replies away, and answers pings.
    private void drain(InputStream stream) {
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
        try {
            while (true) {
                in.readByte();
                int length = in.readByte();
                byte[] payload = in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
                if (payload.length == 2) {
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
