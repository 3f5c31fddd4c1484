package dev.heliograph.client;

import static dev.heliograph.client.Requests.Retry.IF_LOST;
import static dev.heliograph.client.Requests.Retry.NEVER;
import static dev.heliograph.client.Requests.Retry.UNTIL_ACKNOWLEDGED;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.JsonText;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/// A connection to a relay that comes back by itself, with its subscriptions and without a gap where the channel
/// keeps a history.
///
/// ```java
/// try (HeliographClient client = HeliographClient.builder(URI.create("wss://relay.example/connection/websocket"))
///         .token(() -> tokens.fetch())
///         .build()) {
///     client.connect();
///     Subscription chat = client.subscription("chat:1");
///     try (Publications publications = chat.publications()) {
///         chat.subscribe();
///         for (Publication publication : publications) {
///             System.out.println(publication.data().text());
///         }
///     }
/// }
/// ```
///
/// *Delivery.* The publications of a subscription come in order and without duplicates. What was published while
/// there was no connection follows after the reconnect if the server can recover it, and
/// [SubscriptionListener#onSubscribed] says whether it could.
///
/// *Slow applications.* The events of each subscription wait in a queue of [Builder#bufferedEvents]. When one is
/// full the socket is not read, so the server feels the pressure; memory stays bounded. Should the application
/// stay behind for [Builder#patience], that subscription leaves its channel, so that replies and other
/// subscriptions go on, and comes back with recovery when half of its queue is empty.
///
/// *Requests.* [#publish] survives lost connections. All requests have a deadline and a bounded number is in
/// flight; one too many makes its caller wait.
///
/// Threadsafe. Application code runs on virtual threads and may block.
public final class HeliographClient implements AutoCloseable {

    /// More than what surrounds the data and the channel of a request in either encoding.
    private static final int ENVELOPE_BYTES = 128;

    private final ClientConfig config;
    private final Connection connection;
    private final Engine engine;
    private final Runnable afterClose;
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

    HeliographClient(
            ClientConfig config, Link.Opener opener, Timing timing, RandomGenerator random, Runnable afterClose) {
        this.config = config;
        this.afterClose = afterClose;
        this.connection = new Connection(config, opener, timing, random);
        this.engine = connection.engine();
    }

    /// @param endpoint a `ws:` or `wss:` URI, by default with the path `/connection/websocket`
    public static Builder builder(URI endpoint) {
        return new Builder(endpoint);
    }

    public ConnectionState state() {
        return connection.state();
    }

    /// Begins to connect, unless that has been done.
    ///
    /// @return completes when the client is connected, or exceptionally when it gives up first
    public CompletableFuture<ConnectionState.Connected> connect() {
        CompletableFuture<ConnectionState.Connected> future = new CompletableFuture<>();
        engine.execute(() -> connection.connect(future));
        return future;
    }

    /// Ends the connection and fails the open requests. Subscriptions wait for the next [#connect].
    public void disconnect() {
        engine.execute(() -> connection.disconnect(Cause.DISCONNECT_CALLED));
    }

    /// Ends the client for good: its connection, subscriptions and requests. Does not wait for that.
    @Override
    public void close() {
        engine.execute(() -> {
            connection.close();
            afterClose.run();
        });
    }

    // ---- subscriptions ----

    /// The subscription to a channel, as the server's configuration of the channel has it.
    public Subscription subscription(String channel) {
        return subscription(channel, SubscriptionOptions.DEFAULT);
    }

    /// The subscription to a channel. It is made with the first call; options of later calls are ignored.
    public Subscription subscription(String channel, SubscriptionOptions options) {
        if (channel.isEmpty()) {
            throw new IllegalArgumentException("a channel has a name");
        }
        return subscriptions.computeIfAbsent(channel, _ -> {
            Membership membership = new Membership(channel, options, engine, connection);
            engine.execute(() -> connection.add(membership));
            return new Subscription(this, engine, membership);
        });
    }

    /// Unsubscribes and forgets a subscription; the next [#subscription] to its channel is another.
    public void remove(Subscription subscription) {
        if (subscriptions.remove(subscription.channel(), subscription)) {
            engine.execute(() -> connection.remove(subscription.membership()));
        }
    }

    // ---- requests ----

    /// Publishes with the time the client is configured for, see [#publish(String, Bytes, Duration)].
    public CompletableFuture<Void> publish(String channel, Bytes data) {
        return publish(channel, data, config.publishTimeout());
    }

    /// Publishes until the server acknowledges it: again after a lost connection, a temporary error, or no
    /// reply.
    ///
    /// That is *at least once*: the protocol has no key by which the server could tell a repetition, so a
    /// publication whose acknowledgement was lost appears twice. Publications of one caller keep their order
    /// unless one of them is repeated after a temporary error or a missing reply.
    ///
    /// @return completes with the acknowledgement; exceptionally with [RequestFailedException] if the server
    ///     refuses, [RequestTimeoutException] when the time is over, [NotConnectedException] if the client is
    ///     disconnected
    public CompletableFuture<Void> publish(String channel, Bytes data, Duration timeout) {
        Request request = Request.Publish.of(channel, data);
        return checked(channel, data, () -> submit(request, UNTIL_ACKNOWLEDGED, timeout, HeliographClient::nothing));
    }

    /// `Void` has no other value.
    @SuppressWarnings("NullAway")
    private static Void nothing(Result acknowledged) {
        return null;
    }

    /// Calls a procedure of the back end, at most once: fails if the connection is lost before the reply.
    public CompletableFuture<Bytes> rpc(String method, Bytes data) {
        Request request = new Request.Rpc(method, data);
        return checked(method, data, () -> submit(request, NEVER, config.commandTimeout(), HeliographClient::data));
    }

    private static Bytes data(Result result) {
        return ((Result.Rpc) result).data();
    }

    /// Sends an asynchronous message, at most once; nobody answers. Fails if the client is not connected.
    public CompletableFuture<Void> send(Bytes data) {
        return checked("", data, () -> connection.requests().send(data));
    }

    /// Who is in a channel, by client id.
    public CompletableFuture<Result.Presence> presence(String channel) {
        return query(new Request.Presence(channel), Result.Presence.class);
    }

    /// How many are in a channel.
    public CompletableFuture<Result.PresenceStats> presenceStats(String channel) {
        return query(new Request.PresenceStats(channel), Result.PresenceStats.class);
    }

    /// What was published in a channel.
    ///
    /// @param limit   at most so many; 0 only asks where the stream stands, -1 is for as many as the server
    ///                gives
    /// @param since   exclusive
    /// @param reverse newest first
    public CompletableFuture<Result.History> history(
            String channel, int limit, Optional<StreamPosition> since, boolean reverse) {
        return query(new Request.History(channel, limit, since, reverse), Result.History.class);
    }

    private <R extends Result> CompletableFuture<R> query(Request request, Class<R> kind) {
        return submit(request, IF_LOST, config.commandTimeout(), kind::cast);
    }

    private <T> CompletableFuture<T> submit(
            Request request, Requests.Retry retry, Duration timeout, Function<Result, T> read) {
        return connection.requests().submit(request, retry, timeout, read);
    }

    /// Refuses what a server would end the connection for.
    private <T> CompletableFuture<T> checked(String name, Bytes data, Supplier<CompletableFuture<T>> request) {
        if (data.length() + name.getBytes(UTF_8).length + ENVELOPE_BYTES > config.maxFrameBytes()) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("%d bytes are too many for one request".formatted(data.length())));
        }
        if (config.encoding() == Encoding.JSON && !data.isEmpty() && !JsonText.isValid(data.array())) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("data must be one JSON value"));
        }
        return request.get();
    }

    /// Collects the configuration of a client; every method but [#build] returns the builder.
    public static final class Builder {
        private final URI endpoint;
        private Encoding encoding = Encoding.PROTOBUF;
        private Optional<TokenSource> token = Optional.empty();
        private String name = "java";
        private String version = "";
        private Bytes data = Bytes.EMPTY;
        private final Map<String, String> headers = new HashMap<>();
        private ClientListener listener = new ClientListener() {};
        private SubscriptionListener serverSubscriptions = new SubscriptionListener() {};
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration commandTimeout = Duration.ofSeconds(5);
        private Duration pingGrace = Duration.ofSeconds(10);
        private Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(20));
        private Duration publishTimeout = Duration.ofMinutes(1);
        private int maxInFlight = 1_024;
        private int bufferedEvents = 1_024;
        private Duration patience = Duration.ofSeconds(3);
        private int maxFrameBytes = 65_536;
        private int maxMessageBytes = 32 << 20;
        private final HttpClient.Builder http = HttpClient.newBuilder();
        private Optional<SharedSockets> sockets = Optional.empty();

        private Builder(URI endpoint) {
            this.endpoint = endpoint;
        }

        /// How messages are written; Protobuf unless set. With JSON all data must be JSON values.
        public Builder encoding(Encoding value) {
            encoding = value;
            return this;
        }

        /// Where connection tokens come from; without, the client is anonymous.
        public Builder token(TokenSource source) {
            token = Optional.of(source);
            return this;
        }

        /// What the client calls itself, at most 16 characters, for the operators of the relay.
        public Builder name(String value) {
            name = value;
            return this;
        }

        /// The version of the application, for the operators of the relay.
        public Builder version(String value) {
            version = value;
            return this;
        }

        /// Custom data of the connect command, for a connect hook.
        public Builder data(Bytes value) {
            data = value;
            return this;
        }

        /// A header of the WebSocket handshake.
        public Builder header(String header, String value) {
            headers.put(header, value);
            return this;
        }

        public Builder listener(ClientListener value) {
            listener = value;
            return this;
        }

        /// Hears of the subscriptions that the server makes for the client.
        public Builder serverSubscriptions(SubscriptionListener value) {
            serverSubscriptions = value;
            return this;
        }

        /// For opening the WebSocket; 10 s unless set.
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /// For the reply to a command; 5 s unless set.
        public Builder commandTimeout(Duration value) {
            commandTimeout = value;
            return this;
        }

        /// How late a server's ping may be before the connection counts as dead; 10 s unless set.
        public Builder pingGrace(Duration value) {
            pingGrace = value;
            return this;
        }

        /// The shortest and longest pause between tries of anything; 500 ms and 20 s unless set.
        public Builder backoff(Duration min, Duration max) {
            backoff = new Backoff(min, max);
            return this;
        }

        /// How long a publish is tried; 1 min unless set.
        public Builder publishTimeout(Duration value) {
            publishTimeout = value;
            return this;
        }

        /// How many requests may be without an answer; 1,024 unless set.
        public Builder maxInFlight(int value) {
            maxInFlight = value;
            return this;
        }

        /// How many events of one subscription may wait for the application before the socket is no longer
        /// read; 1,024 unless set. What one more message of the server holds may come on top.
        public Builder bufferedEvents(int value) {
            bufferedEvents = value;
            return this;
        }

        /// How long the socket is not read for the sake of a slow application; 3 s unless set, well below the 8
        /// s that a server waits for the answer to a ping.
        public Builder patience(Duration value) {
            patience = value;
            return this;
        }

        /// The largest message the server takes; 65,536 bytes unless set, as the server has it.
        public Builder maxFrameBytes(int value) {
            maxFrameBytes = value;
            return this;
        }

        /// The largest message that is taken from the server; 32 MiB unless set, which holds 300 recovered
        /// publications of the largest size.
        public Builder maxMessageBytes(int value) {
            maxMessageBytes = value;
            return this;
        }

        /// For TLS with certificates of one's own.
        public Builder sslContext(SSLContext value) {
            http.sslContext(value);
            return this;
        }

        /// For an HTTP proxy on the way to the relay.
        public Builder proxy(ProxySelector value) {
            http.proxy(value);
            return this;
        }

        /// To share a thread with other clients; then [#sslContext] and [#proxy] are those of Java.
        public Builder sockets(SharedSockets value) {
            sockets = Optional.of(value);
            return this;
        }

        ClientConfig config() {
            return new ClientConfig(
                    endpoint,
                    encoding,
                    token,
                    name,
                    version,
                    data,
                    headers,
                    listener,
                    serverSubscriptions,
                    connectTimeout,
                    commandTimeout,
                    pingGrace,
                    backoff,
                    publishTimeout,
                    maxInFlight,
                    bufferedEvents,
                    patience,
                    maxFrameBytes,
                    maxMessageBytes);
        }

        /// A client that does nothing until [HeliographClient#connect].
        public HeliographClient build() {
            return build(Timing.system(), new SplittableRandom());
        }

        HeliographClient build(Timing timing, RandomGenerator random) {
            ClientConfig config = config();
            HttpClient client = sockets.map(SharedSockets::http).orElseGet(() -> WebSocketLink.client(http));
            // Open WebSockets keep the HTTP client alive until they are closed.
            Runnable afterClose = sockets.isPresent() ? () -> {} : client::shutdown;
            return new HeliographClient(
                    config, WebSocketLink.opener(client, config, timing), timing, random, afterClose);
        }
    }
}
