package dev.heliograph.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A client that writes bytes as a test says, in one write or in several, and then perhaps speaks TLS.
final class RawClient implements Closeable {

    private final Socket tcp = new Socket();
    private Socket socket = tcp;
    private String tlsVersion = "";

    private RawClient(InetAddress from, int port) throws IOException {
        tcp.setTcpNoDelay(true);
        tcp.bind(new InetSocketAddress(from, 0));
        tcp.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
        tcp.setSoTimeout(20_000);
    }

    /// @param tlsVersion the only one that it offers
    RawClient(int port, String tlsVersion) throws IOException {
        this(port);
        this.tlsVersion = tlsVersion;
    }

    RawClient(int port) throws IOException {
        this(InetAddress.getLoopbackAddress(), port);
    }

    /// @param from the address on this machine to come from
    static RawClient from(String from, int port) throws IOException {
        return new RawClient(InetAddress.ofLiteral(from), port);
    }

    RawClient write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    RawClient write(String text) throws IOException {
        return write(text.getBytes(ISO_8859_1));
    }

    /// Goes on in TLS.
    SSLSocket secure(SSLContext context) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(tcp, "127.0.0.1", tcp.getPort(), true);
        if (!tlsVersion.isEmpty()) {
            secure.setEnabledProtocols(new String[] {tlsVersion});
        }
        secure.startHandshake();
        socket = secure;
        return secure;
    }

    /// A handshake with further header lines.
    static String handshake(String... lines) {
        return "GET /connection/websocket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n") + "\r\n";
    }

    /// A masked frame of text, shorter than 126 bytes.
    static byte[] frame(String text) {
        byte[] payload = text.getBytes(ISO_8859_1);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(0x80 | payload.length);
        // A mask of zeroes leaves the text as it is.
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /// The status of an answer, and its head.
    String head() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            head.append((char) b);
        }
        return head.toString();
    }

    String body(int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
    }

    /// Reads until the relay ends the connection; what it wrote.
    ///
    /// @throws SocketTimeoutException if it does not end it
    String rest() throws SocketTimeoutException {
        StringBuilder rest = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                rest.append((char) b);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            // A reset.
        }
        return rest.toString();
    }

    @Override
    public void close() throws IOException {
        tcp.close();
    }
}
