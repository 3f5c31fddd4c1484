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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// Back ends that publish over the HTTP API as fast as they get answers: keep-alive connections on one selector and one
/// thread, cheap enough to leave the machine to the relay. Each has a channel of its own, and checks every answer.
public final class ApiLoad implements AutoCloseable {

    private static final int PAYLOAD = 128;
    private static final byte[] LENGTH = "content-length: ".getBytes(ISO_8859_1);

    /// One connection, with a request on its way whenever there is load.
    private static final class BackEnd {
        private final SocketChannel channel;
        private final ByteBuffer request;
        private final ByteBuffer answer = ByteBuffer.allocate(64 * 1024);

        /// When its request should have been sent.
        private long due;

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
    public ApiLoad(int port, String namespace, int connections, int publicationsOfARequest) {
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
    public long run(long millis) {
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

    /// Sends requests at an even rate for some time.
    ///
    /// @return microseconds from when each was due to its answer: one for which no connection was free waited, too
    public Histogram pace(int perSecond, long millis) {
        Histogram latency = new Histogram(60_000_000, 3);
        Queue<BackEnd> idle = new ArrayDeque<>(backEnds);
        long began = System.nanoTime();
        long total = perSecond * millis / 1_000;
        long sent = 0;
        try {
            while (latency.getTotalCount() < total) {
                long next = began + sent * 1_000_000_000L / perSecond;
                while (sent < total && !idle.isEmpty() && System.nanoTime() - next >= 0) {
                    BackEnd backEnd = idle.remove();
                    backEnd.due = next;
                    backEnd.send();
                    sent++;
                    next = began + sent * 1_000_000_000L / perSecond;
                }
                // The last millisecond is not slept.
                long wait = idle.isEmpty() || sent == total ? 10_000 : (next - System.nanoTime()) / 1_000_000;
                if ((wait > 0 ? selector.select(wait) : selector.selectNow()) == 0 && wait == 10_000) {
                    throw new IllegalStateException("the relay does not answer");
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    BackEnd backEnd = (BackEnd) key.attachment();
                    if (backEnd.channel.read(backEnd.answer) < 0) {
                        throw new IllegalStateException("the relay closed a connection");
                    }
                    if (isComplete(backEnd.answer)) {
                        latency.recordValue(Math.clamp((System.nanoTime() - backEnd.due) / 1_000, 0, 60_000_000));
                        idle.add(backEnd);
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return latency;
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
