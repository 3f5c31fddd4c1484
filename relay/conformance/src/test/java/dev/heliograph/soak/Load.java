package dev.heliograph.soak;

import dev.heliograph.loadtest.Dialect;
import dev.heliograph.loadtest.Dialects;
import dev.heliograph.loadtest.LoadException;
import dev.heliograph.loadtest.LoadPlan;
import dev.heliograph.loadtest.Sample;
import dev.heliograph.server.auth.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// All that goes on at a relay during a soak, some 3,000 clients in all:
///
/// - *rooms*: presence, joins and leaves; one client after the other goes and another one comes instead, by way of a
///   channel of its own ([Guests]). Latency is theirs.
/// - *calls*: with recovery; the connections of one group after the other break, and come back.
/// - *feed*: large publications with recovery; some of its clients stop to read, again and again, until the relay cuts
///   them off.
/// - *api*: publications over the HTTP API, and visitors.
/// - [Strangers], which are refused.
final class Load implements AutoCloseable {

    static final String SECRET = "soak-secret-soak-secret-soak-secret";
    static final String KEY = "soak";

    /// What the relay is told. Histories and memories are short, so that they are full when the warm-up is over.
    static final String CONFIG = """
            http_server: {address: 127.0.0.1, port: 0}
            http_api: {key: %s}
            client:
              token: {hmac_secret_key: %s}
              queue_max_size: 256KiB
              recovery_max_publication_limit: 1000
            channel:
              namespaces:
                - {name: rooms, presence: true, join_leave: true, allow_presence_for_subscriber: true,
                   allow_subscribe_for_client: true, allow_publish_for_client: true}
                - {name: own, presence: true, join_leave: true, allow_presence_for_subscriber: true,
                   history_size: 10, history_ttl: 10s, history_meta_ttl: 20s,
                   allow_subscribe_for_client: true, allow_publish_for_client: true}
                - {name: calls, history_size: 100, history_ttl: 1m, force_recovery: true,
                   allow_subscribe_for_client: true, allow_publish_for_client: true}
                - {name: feed, history_size: 600, history_ttl: 1m, force_recovery: true,
                   allow_subscribe_for_client: true, allow_publish_for_client: true}
                - {name: api, history_size: 50, history_ttl: 1m, force_recovery: true, allow_subscribe_for_client: true}
            """.formatted(KEY, SECRET);

    private static final int GROUPS = 4;
    private static final double CHURN = 10;
    private static final int API_CLIENTS = 200;
    private static final int API_RATE = 40;
    private static final int API_VISITORS = 5;

    private static final long BREAK_SECONDS = 10;
    private static final long STALL_SECONDS = 15;
    private static final long STRANGER_MILLIS = 250;
    private static final long PATIENCE_SECONDS = 30;
    private static final Duration TOKEN = Duration.ofMinutes(2);

    private final Crowd rooms;
    private final Crowd feed;
    private final List<Crowd> calls;
    private final List<Crowd> crowds = new ArrayList<>();
    private final ApiClients api;
    private final Strangers strangers;
    private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("soak-turns").factory());
    private final Consumer<RuntimeException> trouble;
    private final Duration most;

    /// @param name    that no other load at this relay had
    /// @param most    after which it ends in any case
    /// @param report  of the clients of the API
    /// @param trouble told of what ends the run; on any thread, maybe more than once
    Load(int port, String name, Duration most, Path report, Consumer<RuntimeException> trouble) {
        this.most = most;
        this.trouble = trouble;
        URI url = URI.create("ws://127.0.0.1:" + port + "/connection/websocket");
        TokenIssuer issuer = TokenIssuer.hs256(SECRET, Clock.systemUTC());
        Dialect recovering = Dialects.clientProtocol(number -> token(issuer, "user-" + number), true);
        Dialect social = new Guests(
                Dialects.clientProtocol(number -> token(issuer, "guest-" + number), false, true),
                "own:" + name + "-",
                new AtomicLong());
        this.rooms = new Crowd(new Crowd.Plan("rooms:" + name + "-", 2_000, 0, 600, 3, 500, 256), url, social);
        this.feed = new Crowd(new Crowd.Plan("feed:" + name + "-", 10, 10, 1, 1, 20, 16_384), url, recovering);
        this.calls = IntStream.range(0, GROUPS)
                .mapToObj(i -> new Crowd.Plan("calls:" + name + "-" + i + "-", 200, 0, 20, 1, 40, 256))
                .map(plan -> new Crowd(plan, url, recovering))
                .toList();
        crowds.add(rooms);
        crowds.add(feed);
        crowds.addAll(calls);
        this.strangers = new Strangers(port);
        this.api = new ApiClients(
                new LoadPlan(
                        List.of(url),
                        List.of(URI.create("http://127.0.0.1:" + port + "/api/publish")),
                        KEY,
                        user -> token(issuer, user),
                        API_CLIENTS,
                        API_CLIENTS / 10,
                        "api:",
                        API_RATE,
                        API_VISITORS,
                        API_CLIENTS,
                        most),
                report);
    }

    /// A token for one entry, made for each. A relay remembers verified tokens until they expire, up to a bound that a
    /// run does not reach: tokens that live for less than the warm-up make that as much in the first window that
    /// counts as in the last. The connection stays.
    private static String token(TokenIssuer issuer, String user) {
        return issuer.connection(user).expiresIn(TOKEN).expireAt(0).sign();
    }

    /// Has all clients come in, and begins what goes on from then. Whole minutes later no connection just broke and
    /// nobody stalls.
    ///
    /// @throws LoadException if they do not come in
    void begin() {
        crowds.forEach(Crowd::enter);
        Stream.concat(calls.stream(), Stream.of(feed))
                .forEach(each -> each.swarm().comeBack());
        crowds.forEach(each -> each.publish(most, trouble));
        api.begin(trouble);
        rooms.swarm().churn(CHURN, 1);
        AtomicInteger turn = new AtomicInteger();
        every(
                BREAK_SECONDS * 1_000,
                () -> calls.get(turn.getAndIncrement() % GROUPS).swarm().dropAll());
        AtomicInteger stall = new AtomicInteger();
        every(STALL_SECONDS * 1_000, () -> feed.swarm().readSlow(stall.getAndIncrement() % 2 == 1));
        every(STRANGER_MILLIS, this::stranger);
    }

    private void every(long millis, Runnable what) {
        turns.scheduleAtFixedRate(
                () -> {
                    try {
                        what.run();
                    } catch (LoadException | IllegalStateException e) {
                        trouble.accept(e);
                        throw e;
                    }
                },
                millis / 2,
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void stranger() {
        try {
            strangers.come();
        } catch (IOException e) {
            throw new IllegalStateException("the relay does not answer to a handshake that it should refuse: " + e, e);
        }
    }

    /// What clients got since this was last called.
    ///
    /// @param deliveries to all crowds
    /// @param latency    in microseconds from when a publication was due, in the rooms
    record Got(long deliveries, Histogram latency) {}

    Got sample() {
        List<Sample> samples =
                crowds.stream().map(each -> each.swarm().sample()).toList();
        return new Got(
                samples.stream().mapToLong(Sample::delivered).sum(),
                samples.getFirst().latency());
    }

    /// Ends it in order and waits for what is on its way; all clients are gone after [#close].
    ///
    /// @throws IllegalStateException if that takes too long
    Deeds end() throws InterruptedException {
        turns.shutdown();
        if (!turns.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("what takes turns did not end");
        }
        rooms.swarm().churn(0, 0);
        feed.swarm().readSlow(true);
        Deeds deeds = api.end().plus(new Deeds(0, 0, 0, 0, 0, strangers.admitted(), 0, 0, 0, strangers.refused(), 0));
        for (Crowd each : crowds) {
            each.end();
        }
        for (Crowd each : crowds) {
            deeds = deeds.plus(each.deeds());
        }
        return deeds;
    }

    @Override
    public void close() {
        turns.shutdownNow();
        crowds.forEach(Crowd::close);
    }
}
