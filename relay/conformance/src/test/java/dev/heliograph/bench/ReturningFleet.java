package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Clients that come back by themselves, however a connection ends or fails to begin, on one selector and one thread.
final class ReturningFleet implements AutoCloseable {

    /// When a client tries again.
    enum Patience {
        /// When the relay says, in `Retry-After`; without that as with [#BACKOFF].
        RETRY_AFTER,
        /// As the official SDKs do, which can not see an answer's head in a browser: a random pause that
        /// doubles from half a second up to twenty.
        BACKOFF
    }

    private static final long MIN_PAUSE = 500_000_000L;
    private static final long MAX_PAUSE = 20_000_000_000L;

    /// What a client waits for an answer: SDKs give a connection up after five seconds.
    private static final long ANSWER = 5_000_000_000L;

    private static final Pattern RETRY_AFTER = Pattern.compile("(?i)\r\nRetry-After: *(\\d+)\r\n");

    private static final class Client {
        private final int number;
        private SocketChannel socket;
        private int attempts;
        private long due;
        private boolean upgraded;
        private boolean live;

        Client(int number, SocketChannel socket) {
            this.number = number;
            this.socket = socket;
        }
    }

    private final Sources sources = new Sources();
    private final IntSupplier port;
    private final Patience patience;
    private final Selector selector;
    private final Random random = new Random(1);
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final List<Client> clients = new ArrayList<>();

    /// Those that wait, for their next attempt or for an answer; the first one first.
    private final PriorityQueue<Client> waiting =
            new PriorityQueue<>(Comparator.comparingLong((Client client) -> client.due));

    private final List<Long> admissions = new ArrayList<>();
    private int live;
    private long refused;
    private long unanswered;
    private long turned;
    private long longestPause;

    /// @param port where to connect to, asked each time
    ReturningFleet(IntSupplier port, Patience patience) {
        this.port = port;
        this.patience = patience;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds a client, which connects at once.
    void add() {
        try {
            Client client = new Client(clients.size(), SocketChannel.open());
            clients.add(client);
            client.socket.close();
            attempt(client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return clients.size();
    }

    /// Clients whose connect request is answered, and that were not cut off since.
    int live() {
        return live;
    }

    /// When handshakes succeeded, as of [System#nanoTime].
    List<Long> admissions() {
        return admissions;
    }

    /// Handshakes that were answered with 503.
    long refused() {
        return refused;
    }

    /// Attempts that had no answer in time.
    long unanswered() {
        return unanswered;
    }

    /// The longest time, since [#forgetPauses], in which this fleet did not look at its clients: so much later
    /// it may have seen what came to them.
    double longestPauseSeconds() {
        return longestPause / 1e9;
    }

    void forgetPauses() {
        turned = 0;
        longestPause = 0;
    }

    private void attempt(Client client) throws IOException {
        client.attempts++;
        client.upgraded = false;
        try {
            client.socket = sources.connect(client.number, port.getAsInt());
        } catch (IOException _) {
            retry(client, pause(client));
            return;
        }
        client.socket.register(selector, SelectionKey.OP_CONNECT, client);
        wait(client, System.nanoTime() + ANSWER);
    }

    private void wait(Client client, long until) {
        waiting.remove(client);
        client.due = until;
        waiting.add(client);
    }

    private void retry(Client client, long nanos) throws IOException {
        if (client.live) {
            client.live = false;
            client.attempts = 0;
            live--;
        }
        client.socket.close();
        wait(client, System.nanoTime() + nanos);
    }

    private long pause(Client client) {
        long most = Math.min(MAX_PAUSE, MIN_PAUSE << Math.min(client.attempts, 10));
        return Math.min(MAX_PAUSE, MIN_PAUSE + random.nextLong(most));
    }

    /// Does what is due, and reads what there is.
    void turn(long timeoutMillis) {
        try {
            for (long now = System.nanoTime(); !waiting.isEmpty() && waiting.peek().due - now <= 0; ) {
                Client client = waiting.remove();
                if (client.socket.isOpen()) {
                    unanswered++;
                    retry(client, pause(client));
                } else {
                    attempt(client);
                }
            }
            if (timeoutMillis == 0) {
                selector.selectNow();
            } else {
                selector.select(timeoutMillis);
            }
            long now = System.nanoTime();
            longestPause = turned == 0 ? 0 : Math.max(longestPause, now - turned);
            turned = now;
            for (SelectionKey key : selector.selectedKeys()) {
                Client client = (Client) key.attachment();
                try {
                    ready(key, client);
                } catch (IOException _) {
                    retry(client, pause(client));
                }
            }
            selector.selectedKeys().clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key, Client client) throws IOException {
        if (key.isConnectable()) {
            client.socket.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            Sources.write(client.socket, Upgrade.request());
            return;
        }
        buffer.clear();
        if (client.socket.read(buffer) < 0) {
            retry(client, pause(client));
            return;
        }
        String text = UTF_8.decode(buffer.flip()).toString();
        if (client.live) {
            // A ping is the only thing that it is sent.
            Sources.write(client.socket, Masked.text("{}"));
        } else if (client.upgraded) {
            client.live = true;
            live++;
            waiting.remove(client);
        } else if (text.startsWith("HTTP/1.1 101")) {
            client.upgraded = true;
            admissions.add(System.nanoTime());
            Sources.write(client.socket, Masked.text("{\"id\":1,\"connect\":{}}"));
        } else if (text.startsWith("HTTP/1.1 503")) {
            refused++;
            Matcher after = RETRY_AFTER.matcher(text);
            boolean told = patience == Patience.RETRY_AFTER && after.find();
            retry(client, told ? Long.parseLong(after.group(1)) * 1_000_000_000L : pause(client));
        } else {
            throw new IllegalStateException("not expected: " + text);
        }
    }

    @Override
    public void close() {
        try {
            for (Client client : clients) {
                client.socket.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
