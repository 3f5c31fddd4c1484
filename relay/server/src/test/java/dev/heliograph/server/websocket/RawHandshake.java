package dev.heliograph.server.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The opening handshake of a [RawWebSocket]: right, unless it is told otherwise.
public final class RawHandshake {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /// The answer to the handshake.
    ///
    /// @param headers by name in lower case; several of a name are joined by commas
    /// @param body    as far as `Content-Length` says
    public record Response(int status, Map<String, String> headers, String body) {

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    private record Header(String name, String value) {}

    private final int port;
    private final List<Header> headers = new ArrayList<>();
    private String method = "GET";
    private String path = "/";
    private byte[] early = {};
    private int receiveBuffer;
    private @Nullable SSLContext tls;

    RawHandshake(int port) {
        this.port = port;
        header("Host", "127.0.0.1:" + port);
        header("Upgrade", "websocket");
        header("Connection", "Upgrade");
        header("Sec-WebSocket-Version", "13");
        header("Sec-WebSocket-Key", KEY);
    }

    public RawHandshake method(String value) {
        method = value;
        return this;
    }

    /// The path, with its query.
    public RawHandshake path(String value) {
        path = value;
        return this;
    }

    /// Sets a header, in place of any of this name.
    public RawHandshake header(String name, String value) {
        return without(name).addHeader(name, value);
    }

    /// Adds a header to those of this name.
    public RawHandshake addHeader(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    public RawHandshake without(String name) {
        headers.removeIf(header -> header.name.equalsIgnoreCase(name));
        return this;
    }

    public RawHandshake subprotocol(String value) {
        return header("Sec-WebSocket-Protocol", value);
    }

    public RawHandshake tls(SSLContext context) {
        tls = context;
        return this;
    }

    /// Sends frames in one piece with the handshake, before the answer.
    public RawHandshake early(ClientFrame... frames) {
        early = ClientFrame.join(frames);
        return this;
    }

    /// Makes the kernel take few bytes from the server that this client does not read.
    public RawHandshake receiveBuffer(int bytes) {
        receiveBuffer = bytes;
        return this;
    }

    /// Opens a WebSocket; fails if the server does not accept it as the RFC says.
    public RawWebSocket connect() {
        RawWebSocket client = open();
        Response response = client.response();
        String key = headers.stream()
                .filter(header -> header.name.equalsIgnoreCase("Sec-WebSocket-Key"))
                .map(Header::value)
                .findFirst()
                .orElse("");
        boolean accepted = response.status == 101
                && response.header("upgrade").orElse("").equalsIgnoreCase("websocket")
                && response.header("connection").orElse("").equalsIgnoreCase("upgrade")
                && response.header("sec-websocket-accept").equals(Handshake.acceptKey(key));
        if (!accepted) {
            client.close();
            throw new AssertionError("not accepted: " + response);
        }
        return client;
    }

    /// Sends the handshake and tells the answer, whatever it is; the connection is closed then.
    public Response attempt() {
        try (RawWebSocket client = open()) {
            return client.response();
        }
    }

    private RawWebSocket open() {
        Socket socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    RawWebSocket.millis(RawWebSocket.PATIENCE));
            socket.setSoTimeout(RawWebSocket.millis(RawWebSocket.PATIENCE));
            if (tls != null) {
                SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", port, true);
                secure.startHandshake();
                socket = secure;
            }
            socket.getOutputStream().write(request());
            InputStream in = new BufferedInputStream(socket.getInputStream());
            return new RawWebSocket(socket, in, response(in));
        } catch (IOException e) {
            RawWebSocket.closeQuietly(socket);
            throw new UncheckedIOException("no answer to the handshake: " + e.getMessage(), e);
        }
    }

    private byte[] request() {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
        for (Header header : headers) {
            head.append(header.name).append(": ").append(header.value).append("\r\n");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
        out.writeBytes(early);
        return out.toByteArray();
    }

    private static Response response(InputStream in) throws IOException {
        String statusLine = line(in);
        String[] parts = statusLine.split(" ", 3);
        if (parts.length < 2 || !parts[0].equals("HTTP/1.1")) {
            throw new IOException("no status line: " + statusLine);
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (one, other) -> one + "," + other);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), UTF_8);
        return new Response(Integer.parseInt(parts[1]), Map.copyOf(headers), body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended in the head of the answer");
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
