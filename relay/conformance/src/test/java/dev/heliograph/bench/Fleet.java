package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/// Many raw WebSocket clients on one selector and one thread, cheap enough to leave the machine to the relay: they
/// count frames, and read the time of publication out of every payload of a few of them.
final class Fleet implements AutoCloseable {

    /// Handshakes at once; the listen backlog holds them.
    private static final int OPENING = 256;

    /// One client in so many has its latencies taken.
    private static final int SAMPLED = 10;

    private static final byte[] STAMP = "\"at\":".getBytes(UTF_8);

    private enum Phase {
        HANDSHAKE,
        CONNECT,
        SUBSCRIBE,
        LIVE
    }

    /// One client.
    private static final class Client {
        private final SocketChannel channel;
        private final int number;
        private Phase phase = Phase.HANDSHAKE;

        // A frame that spans reads: payload bytes still to come, and header bytes so far.
        private int skip;
        private final byte[] head = new byte[4];
        private int headLength;

        Client(SocketChannel channel, int number) {
            this.channel = channel;
            this.number = number;
        }
    }

    private final Sources sources = new Sources();
    private final Selector selector;
    private final int port;
    private final String channelName;
    private final IntFunction<String> connect;
    private final ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
    private final List<Client> clients = new ArrayList<>();
    private final Histogram latency = new Histogram(60_000_000, 3);
    private int live;
    private long frames;
    private boolean measuring;

    /// @param channelName to subscribe to; empty to stay idle
    /// @param connect     the JSON of a client's connect request
    Fleet(int port, String channelName, IntFunction<String> connect) {
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.port = port;
        this.channelName = channelName;
        this.connect = connect;
    }

    /// Frames received since clients were live.
    long frames() {
        return frames;
    }

    /// Clients that were opened.
    int size() {
        return clients.size();
    }

    /// Of the frames since [#measure].
    double latencyMillis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e3;
    }

    void measure(boolean on) {
        latency.reset();
        measuring = on;
    }

    /// Opens clients until there are as many, and waits until all are live.
    void open(int count) {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (live < count) {
            while (clients.size() < count && clients.size() - live < OPENING) {
                openOne();
            }
            turn(100);
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + live + " of " + count + " clients came in");
            }
        }
    }

    private void openOne() {
        try {
            int number = clients.size();
            SocketChannel channel = sources.connect(number, port);
            Client client = new Client(channel, number);
            channel.register(selector, SelectionKey.OP_CONNECT, client);
            clients.add(client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads what there is, once.
    void turn(long timeoutMillis) {
        try {
            if (timeoutMillis == 0) {
                selector.selectNow();
            } else {
                selector.select(timeoutMillis);
            }
            for (SelectionKey key : selector.selectedKeys()) {
                ready(key, (Client) key.attachment());
            }
            selector.selectedKeys().clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Turns until something holds.
    ///
    /// @return whether it did before the time was over
    boolean until(Predicate<Fleet> condition, long timeoutMillis) {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
        while (!condition.test(this)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            turn(10);
        }
        return true;
    }

    private void ready(SelectionKey key, Client client) throws IOException {
        if (key.isConnectable()) {
            client.channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            Sources.write(client.channel, Upgrade.request());
            return;
        }
        buffer.clear();
        int count = client.channel.read(buffer);
        if (count < 0) {
            throw new IllegalStateException("the relay closed client " + client.number + " in " + client.phase);
        }
        buffer.flip();
        if (client.phase == Phase.HANDSHAKE) {
            String head = UTF_8.decode(buffer).toString();
            if (!head.startsWith("HTTP/1.1 101") || !head.endsWith("\r\n\r\n")) {
                throw new IllegalStateException("handshake: " + head);
            }
            client.phase = Phase.CONNECT;
            Sources.write(client.channel, Masked.text("{\"id\":1,\"connect\":" + connect.apply(client.number) + "}"));
        } else {
            frames(client);
        }
    }

    private void frames(Client client) throws IOException {
        byte[] bytes = buffer.array();
        int at = 0;
        int end = buffer.limit();
        while (at < end) {
            if (client.skip > 0) {
                int count = Math.min(client.skip, end - at);
                client.skip -= count;
                at += count;
                continue;
            }
            client.head[client.headLength++] = bytes[at++];
            int shortLength = client.headLength < 2 ? 0 : client.head[1];
            if (client.headLength < 2 || (shortLength == 126 && client.headLength < 4)) {
                continue;
            }
            client.headLength = 0;
            client.skip = shortLength == 126 ? (client.head[2] & 0xFF) << 8 | client.head[3] & 0xFF : shortLength;
            frame(client, bytes, at, Math.min(end, at + client.skip));
        }
    }

    private void frame(Client client, byte[] bytes, int from, int to) throws IOException {
        switch (client.phase) {
            case CONNECT -> {
                expect(bytes, from, to, "\"connect\"");
                if (channelName.isEmpty()) {
                    client.phase = Phase.LIVE;
                    live++;
                } else {
                    client.phase = Phase.SUBSCRIBE;
                    Sources.write(
                            client.channel,
                            Masked.text("{\"id\":2,\"subscribe\":{\"channel\":\"" + channelName + "\"}}"));
                }
            }
            case SUBSCRIBE -> {
                expect(bytes, from, to, "\"subscribe\"");
                client.phase = Phase.LIVE;
                live++;
            }
            case LIVE -> {
                if (to - from == 2) {
                    Sources.write(client.channel, Masked.text("{}"));
                    return;
                }
                frames++;
                if (measuring && client.number % SAMPLED == 0) {
                    stamp(bytes, from, to);
                }
            }
            case HANDSHAKE -> throw new IllegalStateException("frame before handshake");
        }
    }

    private static void expect(byte[] bytes, int from, int to, String part) {
        String text = new String(bytes, from, to - from, UTF_8);
        if (!text.contains(part)) {
            throw new IllegalStateException("expected " + part + ": " + text);
        }
    }

    private void stamp(byte[] bytes, int from, int to) {
        for (int i = from; i + STAMP.length < to; i++) {
            if (java.util.Arrays.equals(bytes, i, i + STAMP.length, STAMP, 0, STAMP.length)) {
                long at = 0;
                for (int j = i + STAMP.length; j < to && bytes[j] >= '0' && bytes[j] <= '9'; j++) {
                    at = at * 10 + bytes[j] - '0';
                }
                latency.recordValue(Math.clamp((System.nanoTime() - at) / 1_000, 0, 60_000_000));
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            for (Client client : clients) {
                client.channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
