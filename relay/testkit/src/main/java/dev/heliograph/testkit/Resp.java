package dev.heliograph.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A connection that speaks just enough of the Redis protocol (RESP 2) to ask a server of this kit. Replies are
/// text as `redis-cli` writes it to a pipe: an array is one line for each element, nil is empty.
final class Resp implements AutoCloseable {

    /// The server's answer was an error.
    static final class ErrorReply extends IllegalStateException {

        private static final long serialVersionUID = 1;

        private final String code;

        ErrorReply(String message) {
            super(message);
            code = message.split(" ", 2)[0];
        }

        /// Its first word, as in `NOAUTH`.
        String code() {
            return code;
        }
    }

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /// @param patience how long connecting and each reply may take
    static Resp connect(int port, Duration patience) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), (int) patience.toMillis());
            socket.setSoTimeout((int) patience.toMillis());
            return new Resp(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    Resp(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /// @throws ErrorReply if the server answers with an error
    String call(String... words) throws IOException {
        send(words);
        return receive();
    }

    void send(String... words) throws IOException {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(("*" + words.length + "\r\n").getBytes(UTF_8));
        for (String word : words) {
            byte[] bytes = word.getBytes(UTF_8);
            command.writeBytes(("$" + bytes.length + "\r\n").getBytes(UTF_8));
            command.writeBytes(bytes);
            command.writeBytes("\r\n".getBytes(UTF_8));
        }
        out.write(command.toByteArray());
        out.flush();
    }

    String receive() throws IOException {
        String head = line();
        String rest = head.substring(1);
        return switch (head.charAt(0)) {
            case '+', ':' -> rest;
            case '-' -> throw new ErrorReply(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> array(Integer.parseInt(rest));
            default -> throw new IOException("not RESP 2: " + head);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] bytes = in.readNBytes(length + 2);
        if (bytes.length < length + 2) {
            throw new EOFException();
        }
        return new String(bytes, 0, length, UTF_8);
    }

    private String array(int length) throws IOException {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            elements.add(receive());
        }
        return String.join("\n", elements);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) != '\n') {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(UTF_8).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
