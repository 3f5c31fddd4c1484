package dev.heliograph.console.desktop.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Very many clients on one thread: they connect, answer pings, and leave when told. What they are sent besides is not
/// looked at.
final class RawFleet implements AutoCloseable {

    private static final Pattern CLIENT = Pattern.compile("\"client\":\"([^\"]+)\"");

    private static final int BUFFER = 1 << 16;

    private static final String HANDSHAKE = """
            GET /connection/websocket HTTP/1.1
            Host: 127.0.0.1
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
            Sec-WebSocket-Version: 13

            """;

    private final List<Integer> ports;
    private final BiConsumer<String, Long> connected;
    private final Selector selector;
    private final Queue<Runnable> wishes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Random random = new Random(15);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final List<Client> clients = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closing;
    private int next;

    /// @param ports     of the relays
    /// @param connected hears the id of a client that has connected, and when that was, by [System#nanoTime]
    RawFleet(List<Integer> ports, BiConsumer<String, Long> connected) {
        this.ports = List.copyOf(ports);
        this.connected = connected;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().name("fleet").daemon().start(this::run);
    }

    /// Clients that are connected.
    int size() {
        return open.get();
    }

    /// Clients that could not connect, or were dropped.
    int failures() {
        return failed.get();
    }

    /// So many more come.
    void come(int count) {
        wishes.add(() -> {
            for (int i = 0; i < count; i++) {
                connect();
            }
        });
        selector.wakeup();
    }

    /// So many go, any of them.
    void go(int count) {
        wishes.add(() -> {
            for (int i = 0; i < count && !clients.isEmpty(); i++) {
                int index = random.nextInt(clients.size());
                Client last = clients.removeLast();
                Client chosen = index < clients.size() ? clients.set(index, last) : last;
                chosen.end(false);
            }
        });
        selector.wakeup();
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(key -> ((Client) key.attachment()).ready(key));
                for (Runnable wish = wishes.poll(); wish != null; wish = wishes.poll()) {
                    wish.run();
                }
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect() {
        try {
            int number = next++;
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(
                    InetAddress.ofLiteral("127.20." + number / 250 % 250 + "." + (1 + number % 250)), 0));
            Client client = new Client(channel);
            channel.register(selector, SelectionKey.OP_CONNECT, client);
            channel.connect(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), ports.get(number % ports.size())));
        } catch (IOException e) {
            failed.incrementAndGet();
        }
    }

    private final class Client {

        private final SocketChannel channel;
        private final StringBuilder answer = new StringBuilder();
        private boolean upgraded;
        private boolean known;

        Client(SocketChannel channel) {
            this.channel = channel;
        }

        void ready(SelectionKey key) {
            try {
                if (key.isConnectable() && channel.finishConnect()) {
                    key.interestOps(SelectionKey.OP_READ);
                    write(ByteBuffer.wrap(HANDSHAKE.replace("\n", "\r\n").getBytes(US_ASCII)));
                } else if (key.isReadable()) {
                    read();
                }
            } catch (IOException e) {
                end(true);
            }
        }

        private void read() throws IOException {
            in.clear();
            int count = channel.read(in);
            if (count < 0) {
                throw new IOException("dropped");
            }
            String text = UTF_8.decode(in.flip()).toString();
            if (known) {
                // The only thing that it is sent is a ping, `{}`.
                send("{}");
                return;
            }
            answer.append(text);
            if (!upgraded && answer.indexOf("\r\n\r\n") >= 0) {
                upgraded = true;
                send("{\"id\":1,\"connect\":{\"name\":\"bench\",\"version\":\"1.0\"}}");
            }
            Matcher client = CLIENT.matcher(answer);
            if (client.find()) {
                known = true;
                clients.add(this);
                open.incrementAndGet();
                connected.accept(client.group(1), System.nanoTime());
                answer.setLength(0);
            }
        }

        private void send(String text) throws IOException {
            byte[] payload = text.getBytes(UTF_8);
            // Masked with zeros, which a server must accept like any other mask.
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 6);
            frame.put((byte) 0x81).put((byte) (0x80 | payload.length)).putInt(0).put(payload);
            write(frame.flip());
        }

        private void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                if (channel.write(bytes) == 0) {
                    throw new IOException("its buffer is full");
                }
            }
        }

        void end(boolean unwished) {
            try {
                channel.close();
            } catch (IOException _) {
                // It is gone in any case.
            }
            if (known) {
                open.decrementAndGet();
            }
            if (unwished) {
                failed.incrementAndGet();
                clients.remove(this);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
