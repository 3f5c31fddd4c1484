package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// One connected WebSocket client over a blocking socket.
final class BlockingClient implements AutoCloseable {

    private static final int CLOSE = 8;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    /// @param receiveBuffer bytes of the socket's receive buffer; 0 for what the system gives
    BlockingClient(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET /connection/websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                        .getBytes(ISO_8859_1));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        call("{\"id\":1,\"connect\":{}}");
    }

    synchronized void send(String json) throws IOException {
        socket.getOutputStream().write(Masked.text(json));
    }

    /// Sends a command and waits for a reply that is no error.
    void call(String json) throws IOException {
        send(json);
        String reply = new String(read(), UTF_8);
        if (reply.contains("\"error\"")) {
            throw new IOException(reply);
        }
    }

    /// The payload of the next frame.
    byte[] read() throws IOException {
        in.readByte();
        return payload();
    }

    private byte[] payload() throws IOException {
        int length = in.readByte();
        if (length == 127) {
            return in.readNBytes((int) in.readLong());
        }
        return in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
    }

    /// Reads everything away, up to the close frame.
    ///
    /// @return its code
    int awaitClose() throws IOException {
        while ((in.readByte() & 0x0F) != CLOSE) {
            payload();
        }
        byte[] payload = payload();
        return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
