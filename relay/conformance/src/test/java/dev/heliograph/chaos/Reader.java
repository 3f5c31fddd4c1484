package dev.heliograph.chaos;

import dev.heliograph.chaos.HistoryChecker.Message;
import dev.heliograph.chaos.HistoryChecker.Place;
import dev.heliograph.conformance.WireClient;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.protocol.UnsubscribeCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A client that reads one channel, and whenever its connection or its subscription ends comes back, on any
/// relay, with the position it has. Writes down what it is told.
final class Reader implements Callable<Void> {

    /// Longer than the pause between two pings: only a connection that is dead is silent for so long.
    private static final Duration SILENCE = Duration.ofSeconds(40);

    private static final Duration PAUSE = Duration.ofMillis(50);

    /// From this code on the relay wishes that the client does not come back.
    private static final int TERMINAL = 3500;

    private final List<RelayNode> relays;
    private final String channel;
    private final HistoryChecker.Reader log;
    private final Counts counts;
    private final Encoding encoding;
    private final Random random;
    private volatile @Nullable WireClient connection;
    private volatile boolean stopped;
    private volatile @Nullable StreamPosition position;

    Reader(int number, List<RelayNode> relays, String channel, HistoryChecker.Reader log, Counts counts) {
        this.relays = relays;
        this.channel = channel;
        this.log = log;
        this.counts = counts;
        this.encoding = number % 2 == 0 ? Encoding.JSON : Encoding.PROTOBUF;
        this.random = new Random(number);
    }

    /// Up to where it has read; absent before it has begun.
    Optional<StreamPosition> position() {
        return Optional.ofNullable(position);
    }

    /// Cuts the connection, as a network does. For any thread.
    ///
    /// @return whether there was one
    boolean drop() throws IOException {
        WireClient open = connection;
        if (open == null) {
            return false;
        }
        connection = null;
        open.drop();
        return true;
    }

    void stop() throws IOException {
        stopped = true;
        drop();
    }

    /// @throws IllegalStateException if the relay does what it must not do to this client
    @Override
    public Void call() throws InterruptedException {
        while (!stopped) {
            int port = relays.get(random.nextInt(relays.size())).port();
            boolean welcome = false;
            try (WireClient wire = new WireClient(port, encoding)) {
                connection = wire;
                wire.timeout(SILENCE);
                wire.connect();
                welcome = !stopped && read(wire);
            } catch (IOException _) {
                // The relay is gone or the connection was cut.
            } finally {
                connection = null;
            }
            if (!welcome && !stopped) {
                Thread.sleep(PAUSE);
            }
        }
        return null;
    }

    /// Reads until the connection ends.
    ///
    /// @return whether the relay served it
    private boolean read(WireClient wire) throws IOException {
        if (!subscribe(wire)) {
            return false;
        }
        while (true) {
            Optional<Push> push = wire.push();
            if (push.isEmpty()) {
                WireClient.Closed end = wire.awaitClose();
                if (end.code() >= TERMINAL) {
                    throw new IllegalStateException("it was sent away: " + end);
                }
                return true;
            }
            switch (push.get()) {
                case Push.Pub pub -> hear(pub.publication());
                case Push.Unsubscribe end -> {
                    if (end.code() != UnsubscribeCode.INSUFFICIENT_STATE.code()) {
                        throw new IllegalStateException("it was unsubscribed: " + end);
                    }
                    counts.insufficient.increment();
                    if (!subscribe(wire)) {
                        return false;
                    }
                }
                default -> throw new IllegalStateException("nobody asked for " + push.get());
            }
        }
    }

    /// @return false if the relay can not serve it now
    private boolean subscribe(WireClient wire) throws IOException {
        StreamPosition from = position;
        Request.Subscribe request = Request.Subscribe.to(channel);
        Reply reply = wire.call(from == null ? request : request.recoveringFrom(from));
        if (reply instanceof Reply.Failed failed) {
            if (!failed.error().temporary()) {
                throw new IllegalStateException("it was refused: " + failed);
            }
            return false;
        }
        if (!(reply instanceof Reply.Ok ok) || !(ok.result() instanceof Result.Subscribe result)) {
            throw new IllegalStateException("not the answer to a subscribe: " + reply);
        }
        if (from == null) {
            log.began(new Place(result.epoch(), result.offset()));
        } else if (!result.recovered()) {
            counts.gaps.increment();
            log.unrecovered(new Place(result.epoch(), result.offset()));
        } else {
            counts.recoveries.increment();
            if (!result.epoch().equals(from.epoch())) {
                counts.continuations.increment();
                log.continuedIn(result.epoch());
            }
        }
        position = from != null && result.recovered()
                ? new StreamPosition(from.offset(), result.epoch())
                : new StreamPosition(result.offset(), result.epoch());
        result.publications().forEach(this::hear);
        return true;
    }

    private void hear(Publication publication) {
        StreamPosition before = position;
        if (before == null) {
            throw new IllegalStateException("a publication before the subscription");
        }
        log.heard(
                new Place(before.epoch(), publication.offset()),
                message(publication.data().text()));
        if (publication.offset() > before.offset()) {
            counts.deliveries.increment();
            position = new StreamPosition(publication.offset(), before.epoch());
        }
    }

    /// @param data `"publisher:number"`
    private static Message message(String data) {
        int colon = data.indexOf(':');
        return new Message(
                Integer.parseInt(data, 1, colon, 10), Integer.parseInt(data, colon + 1, data.length() - 1, 10));
    }
}
