package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.chaos.HistoryChecker;
import dev.heliograph.chaos.HistoryChecker.Message;
import dev.heliograph.chaos.HistoryChecker.Place;
import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Many raw clients on one selector and one thread, each with a recoverable subscription. Whoever is told to go
/// elsewhere (3001) reconnects at once and recovers. Everything else that a relay may do to a client is an error, which
/// ends that client.
///
/// What clients hear is written down for a [HistoryChecker] per channel.
public final class MovingFleet implements AutoCloseable {

    /// Handshakes at once while the fleet is opened.
    private static final int OPENING = 256;

    private enum Phase {
        HANDSHAKE,
        CONNECT,
        SUBSCRIBE,
        LIVE,
        FAILED
    }

    private static final class Client {
        private final int number;
        private final int channel;
        private final HistoryChecker.Reader log;
        private SocketChannel socket;
        private Phase phase = Phase.HANDSHAKE;
        private byte[] rest = new byte[0];
        private @Nullable Place place;

        Client(int number, int channel, HistoryChecker.Reader log, SocketChannel socket) {
            this.number = number;
            this.channel = channel;
            this.log = log;
            this.socket = socket;
        }
    }

    private final Sources sources = new Sources();
    private final Selector selector;
    private final IntSupplier port;
    private final List<HistoryChecker> checkers;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    private final List<Client> clients = new ArrayList<>();
    private final List<Long> reconnects = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private int live;
    private int moves;
    private long turned;
    private long longestPause;

    /// @param port     where to connect to, asked each time
    /// @param checkers of the channels `log:0`, `log:1`, ..., among which the clients are divided
    public MovingFleet(IntSupplier port, List<HistoryChecker> checkers) {
        this.port = port;
        this.checkers = checkers;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Clients that are connected and subscribed now.
    public int live() {
        return live;
    }

    /// How often a client was told to go elsewhere.
    public int moves() {
        return moves;
    }

    /// Clients that were opened.
    public int size() {
        return clients.size();
    }

    /// The longest time in which this fleet, with clients to serve, did not look at them all: what comes from a
    /// relay at an even pace is seen that much less even.
    public double longestPauseSeconds() {
        return longestPause / 1e9;
    }

    public void forgetPauses() {
        longestPause = 0;
        turned = 0;
    }

    /// What clients saw that they should not, in words.
    public List<String> errors() {
        return errors;
    }

    /// When clients reconnected, as of [System#nanoTime].
    public List<Long> reconnects() {
        return reconnects;
    }

    /// Whether every client has read its channel up to there.
    public boolean haveRead(long[] tops) {
        return clients.stream()
                .allMatch(client -> client.place != null && client.place.offset() >= tops[client.channel]);
    }

    /// Opens clients until there are as many, and waits until all are live.
    public void open(int count) {
        boolean opened = until(
                () -> {
                    while (clients.size() < count && clients.size() - live < OPENING) {
                        int number = clients.size();
                        int channel = number % checkers.size();
                        HistoryChecker.Reader log = checkers.get(channel).reader("client " + number);
                        Client client = new Client(number, channel, log, socket(number));
                        clients.add(client);
                        register(client);
                    }
                    return live == count || !errors.isEmpty();
                },
                120_000);
        if (!opened || !errors.isEmpty()) {
            throw new IllegalStateException("only " + live + " of " + count + " clients came in: " + errors);
        }
    }

    private SocketChannel socket(int number) {
        try {
            return sources.connect(number, port.getAsInt());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void register(Client client) {
        try {
            client.socket.register(selector, SelectionKey.OP_CONNECT, client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Turns until something holds.
    ///
    /// @return whether it did before the time was over
    public boolean until(BooleanSupplier condition, long timeoutMillis) {
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            turn();
        }
        return true;
    }

    private void turn() {
        try {
            selector.select(5);
            long now = System.nanoTime();
            longestPause = turned == 0 ? 0 : Math.max(longestPause, now - turned);
            turned = now;
            for (SelectionKey key : selector.selectedKeys()) {
                Client client = (Client) key.attachment();
                try {
                    ready(key, client);
                } catch (IOException | IllegalStateException e) {
                    fail(client, e.toString());
                }
            }
            selector.selectedKeys().clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fail(Client client, String why) throws IOException {
        live -= client.phase == Phase.LIVE ? 1 : 0;
        errors.add("client %d in %s: %s".formatted(client.number, client.phase, why));
        client.phase = Phase.FAILED;
        client.socket.close();
    }

    private void ready(SelectionKey key, Client client) throws IOException {
        if (key.isConnectable()) {
            client.socket.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            Sources.write(client.socket, Upgrade.request());
            return;
        }
        buffer.clear();
        buffer.put(client.rest);
        int count = client.socket.read(buffer);
        if (count < 0) {
            throw new IllegalStateException("the relay closed the connection");
        }
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        int used = client.phase == Phase.HANDSHAKE ? handshake(client, bytes) : frames(client, bytes);
        client.rest = Arrays.copyOfRange(bytes, Math.min(used, bytes.length), bytes.length);
    }

    private int handshake(Client client, byte[] bytes) throws IOException {
        String head = new String(bytes, UTF_8);
        if (!head.endsWith("\r\n\r\n")) {
            return 0;
        }
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IllegalStateException(head.lines().findFirst().orElse(""));
        }
        client.phase = Phase.CONNECT;
        Sources.write(client.socket, Masked.text("{\"id\":1,\"connect\":{}}"));
        return bytes.length;
    }

    /// @return how many bytes were whole frames
    private int frames(Client client, byte[] bytes) throws IOException {
        int at = 0;
        while (bytes.length - at >= 2) {
            int shortLength = bytes[at + 1] & 0x7F;
            int head = shortLength < 126 ? 2 : shortLength == 126 ? 4 : 10;
            if (bytes.length - at < head) {
                break;
            }
            ByteBuffer lengths = ByteBuffer.wrap(bytes, at + 2, head - 2);
            int length = switch (head) {
                case 2 -> shortLength;
                case 4 -> lengths.getShort() & 0xFFFF;
                default -> (int) lengths.getLong();
            };
            if (bytes.length - at - head < length) {
                break;
            }
            if ((bytes[at] & 0x0F) == 8) {
                closed(client, (bytes[at + head] & 0xFF) << 8 | bytes[at + head + 1] & 0xFF);
                return bytes.length;
            }
            for (Reply reply : decoded(bytes, at + head, length)) {
                received(client, reply);
            }
            at += head + length;
        }
        return at;
    }

    private static List<Reply> decoded(byte[] bytes, int from, int length) {
        List<Reply> replies = new ArrayList<>(1);
        Encoding.JSON.codec().decodeReplies(bytes, from, length, replies::add);
        return replies;
    }

    private void closed(Client client, int code) throws IOException {
        if (code != DisconnectCode.SHUTDOWN.code()) {
            throw new IllegalStateException("closed with " + code);
        }
        moves++;
        live -= client.phase == Phase.LIVE ? 1 : 0;
        // Answers the close frame, as RFC 6455 section 5.5.1 asks for.
        Sources.write(client.socket, new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
        client.socket.close();
        client.phase = Phase.HANDSHAKE;
        reconnects.add(System.nanoTime());
        client.socket = socket(client.number);
        register(client);
    }

    private void received(Client client, Reply reply) throws IOException {
        switch (reply) {
            case Reply.Ping _ -> Sources.write(client.socket, Masked.text("{}"));
            case Reply.Pushed(Push.Pub pub) -> hear(client, pub.publication());
            case Reply.Ok ok
            when ok.result() instanceof Result.Connect -> {
                client.phase = Phase.SUBSCRIBE;
                Place from = client.place;
                Sources.write(
                        client.socket,
                        Masked.text(
                                from == null
                                        ? "{\"id\":2,\"subscribe\":{\"channel\":\"log:%d\"}}".formatted(client.channel)
                                        : "{\"id\":2,\"subscribe\":{\"channel\":\"log:%d\",\"recover\":true,\"epoch\":\"%s\",\"offset\":%d}}"
                                                .formatted(client.channel, from.epoch(), from.offset())));
            }
            case Reply.Ok ok when ok.result() instanceof Result.Subscribe result -> subscribed(client, result);
            default -> throw new IllegalStateException("not expected: " + reply);
        }
    }

    private void subscribed(Client client, Result.Subscribe result) {
        if (client.place == null) {
            client.place = new Place(result.epoch(), result.offset());
            client.log.began(client.place);
        } else if (!result.recovered()) {
            throw new IllegalStateException("not recovered");
        }
        client.phase = Phase.LIVE;
        live++;
        result.publications().forEach(publication -> hear(client, publication));
    }

    private static void hear(Client client, Publication publication) {
        Place before = client.place;
        if (before == null) {
            throw new IllegalStateException("a publication before the subscription");
        }
        Place place = new Place(before.epoch(), publication.offset());
        client.log.heard(
                place, new Message(0, Integer.parseInt(publication.data().text())));
        if (publication.offset() > before.offset()) {
            client.place = place;
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
