package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Back ends that publish over the HTTP API as fast as they get answers: keep-alive connections on one selector and one
/// thread, cheap enough to leave the machine to the relay. Each has a channel of its own, and checks every answer.
final class ApiLoad implements AutoCloseable {

    private static final int PAYLOAD = 128;
    private static final byte[] LENGTH = "content-length: ".getBytes(ISO_8859_1);

    /// One connection, with a request on its way whenever there is load.
    private static final class BackEnd {
        private final SocketChannel channel;
        private final ByteBuffer request;
        private final ByteBuffer answer = ByteBuffer.allocate(64 * 1024);

        BackEnd(SocketChannel channel, byte[] request) {
            this.channel = channel;
            this.request = ByteBuffer.wrap(request);
        }

        void send() throws IOException {
            request.rewind();
            answer.clear();
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }
    }

    private final Selector selector;
    private final List<BackEnd> backEnds = new ArrayList<>();
    private final int publicationsOfARequest;

    /// @param namespace              of the channels; empty for none
    /// @param connections            back ends at once
    /// @param publicationsOfARequest 1 for `publish`, more for a `batch` of them
    ApiLoad(int port, String namespace, int connections, int publicationsOfARequest) {
        this.publicationsOfARequest = publicationsOfARequest;
        try {
            selector = Selector.open();
            for (int i = 0; i < connections; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.configureBlocking(false);
                BackEnd backEnd = new BackEnd(channel, request(namespace + "load-" + i));
                channel.register(selector, SelectionKey.OP_READ, backEnd);
                backEnds.add(backEnd);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] request(String channel) {
        String one = "{\"channel\":\"%s\",\"data\":{\"p\":\"%s\"}}".formatted(channel, "x".repeat(PAYLOAD - 8));
        String body = publicationsOfARequest == 1
                ? one
                : IntStream.range(0, publicationsOfARequest)
                        .mapToObj(_ -> "{\"publish\":" + one + "}")
                        .collect(Collectors.joining(",", "{\"commands\":[", "]}"));
        return ApiPublisher.post(publicationsOfARequest == 1 ? "publish" : "batch", body);
    }

    /// Publishes for some time.
    ///
    /// @return publications that were acknowledged
    long run(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        int busy = backEnds.size();
        long answered = 0;
        try {
            for (BackEnd backEnd : backEnds) {
                backEnd.send();
            }
            while (busy > 0) {
                if (selector.select(10_000) == 0) {
                    throw new IllegalStateException("the relay does not answer");
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    BackEnd backEnd = (BackEnd) key.attachment();
                    if (backEnd.channel.read(backEnd.answer) < 0) {
                        throw new IllegalStateException("the relay closed a connection");
                    }
                    if (isComplete(backEnd.answer)) {
                        answered++;
                        if (System.nanoTime() < end) {
                            backEnd.send();
                        } else {
                            busy--;
                        }
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answered * publicationsOfARequest;
    }

    /// @throws IllegalStateException if the answer is not that all was published
    private static boolean isComplete(ByteBuffer answer) {
        byte[] bytes = answer.array();
        int count = answer.position();
        int body = 4;
        while (body <= count && !(bytes[body - 4] == '\r' && bytes[body - 2] == '\r')) {
            body++;
        }
        if (body > count || count < body + length(bytes, body)) {
            return false;
        }
        String text = new String(bytes, 0, count, UTF_8);
        if (!text.startsWith("HTTP/1.1 200") || text.contains("\"error\"")) {
            throw new IllegalStateException("not published: " + text);
        }
        return true;
    }

    /// What the head says of the body's length.
    private static int length(byte[] bytes, int end) {
        for (int i = 0; i + LENGTH.length < end; i++) {
            int at = 0;
            while (at < LENGTH.length && (bytes[i + at] | 0x20) == (LENGTH[at] | 0x20)) {
                at++;
            }
            if (at == LENGTH.length) {
                int value = 0;
                for (int j = i + at; bytes[j] >= '0' && bytes[j] <= '9'; j++) {
                    value = value * 10 + bytes[j] - '0';
                }
                return value;
            }
        }
        throw new IllegalStateException("no Content-Length: " + new String(bytes, 0, end, UTF_8));
    }

    @Override
    public void close() {
        try {
            for (BackEnd backEnd : backEnds) {
                backEnd.channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
