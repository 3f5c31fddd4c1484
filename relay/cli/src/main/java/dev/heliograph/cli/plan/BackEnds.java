package dev.heliograph.cli.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.cli.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Back ends that publish over the HTTP API, each the next request when it has its answer: kept connections on
/// one selector in the calling thread. Each answer is looked at.
final class BackEnds implements AutoCloseable {

    private static final Pattern HEAD =
            Pattern.compile("(?is)HTTP/1\\.1 200 .*?\\r\\ncontent-length: *(\\d+)\\r\\n.*?\\r\\n\\r\\n");
    private static final long PATIENCE_MILLIS = 10_000;

    /// One connection; its requests go to its channels in turn.
    private static final class BackEnd {
        private final SocketChannel socket;
        private final List<ByteBuffer> requests;
        private final ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
        private int next;
        private int left;

        private BackEnd(SocketChannel socket, List<ByteBuffer> requests) {
            this.socket = socket;
            this.requests = requests;
        }

        private void send() throws IOException {
            ByteBuffer request = requests.get(next++ % requests.size()).rewind();
            answer.clear();
            // A request is far smaller than the socket's buffer, which is empty: the last one was answered.
            while (request.hasRemaining()) {
                socket.write(request);
            }
        }
    }

    private final Selector selector;
    private final List<BackEnd> all = new ArrayList<>();
    private final int batch;

    /// @param channels spread over the connections
    /// @param batch    publications of a request
    BackEnds(int port, int connections, List<String> channels, int batch, int payloadBytes) {
        this.batch = batch;
        try {
            selector = Selector.open();
            for (int i = 0; i < connections; i++) {
                int first = i;
                List<ByteBuffer> requests = IntStream.range(0, channels.size())
                        .filter(each -> each % connections == first)
                        .mapToObj(each -> ByteBuffer.wrap(request(channels.get(each), batch, payloadBytes)))
                        .toList();
                if (!requests.isEmpty()) {
                    SocketChannel socket =
                            SocketChannel.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
                    socket.configureBlocking(false);
                    BackEnd each = new BackEnd(socket, requests);
                    socket.register(selector, SelectionKey.OP_READ, each);
                    all.add(each);
                }
            }
        } catch (IOException e) {
            throw new Failure("the API can not be reached: " + e.getMessage(), e);
        }
    }

    private static byte[] request(String channel, int batch, int payloadBytes) {
        // A text of JSON has two quotation marks.
        String one = "{\"channel\":\"" + channel + "\",\"data\":\"" + "x".repeat(Math.max(0, payloadBytes - 2)) + "\"}";
        String body = batch == 1
                ? one
                : IntStream.range(0, batch)
                        .mapToObj(_ -> "{\"publish\":" + one + "}")
                        .collect(Collectors.joining(",", "{\"commands\":[", "]}"));
        return ("POST /api/" + (batch == 1 ? "publish" : "batch") + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: "
                        + MeasuredRelay.KEY + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    /// Publishes for some time.
    ///
    /// @return publications that were acknowledged
    long publish(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return publish(_ -> System.nanoTime() - end < 0);
    }

    /// Publishes to each channel so many times.
    ///
    /// @return publications that were acknowledged
    long publishRounds(int rounds) {
        // The first one is on its way before anybody asks.
        all.forEach(each -> each.left = rounds * each.requests.size() - 1);
        return publish(each -> each.left-- > 0);
    }

    private long publish(Predicate<BackEnd> more) {
        long answered = 0;
        int busy = all.size();
        try {
            for (BackEnd each : all) {
                each.send();
            }
            while (busy > 0) {
                if (selector.select(PATIENCE_MILLIS) == 0) {
                    throw new Failure("the relay does not answer its API");
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    BackEnd each = (BackEnd) key.attachment();
                    if (each.socket.read(each.answer) < 0) {
                        throw new Failure("the relay closed a connection to its API");
                    }
                    if (isAnswered(each.answer)) {
                        answered++;
                        if (more.test(each)) {
                            each.send();
                        } else {
                            busy--;
                        }
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new Failure("the API failed: " + e.getMessage(), e);
        }
        return answered * batch;
    }

    private static boolean isAnswered(ByteBuffer answer) {
        String text = new String(answer.array(), 0, answer.position(), ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt() || text.contains("\"error\"")) {
            throw new Failure(
                    "the API refuses: " + text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " "));
        }
        return text.length() >= end + 4 + Integer.parseInt(head.group(1));
    }

    @Override
    public void close() {
        try {
            for (BackEnd each : all) {
                each.socket.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new Failure("connections can not be closed: " + e.getMessage(), e);
        }
    }
}
